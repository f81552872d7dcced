package dev.steno.library;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;

/** Gives each field its language's analyzer, made when it is first needed. */
final class FieldAnalyzers extends DelegatingAnalyzerWrapper {
    private final Map<String, Analyzer> made = new ConcurrentHashMap<>();

    FieldAnalyzers() {
        super(PER_FIELD_REUSE_STRATEGY);
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return made.computeIfAbsent(field, Languages::analyzer);
    }

    @Override
    public void close() {
        super.close();
        made.values().forEach(Analyzer::close);
    }
}
