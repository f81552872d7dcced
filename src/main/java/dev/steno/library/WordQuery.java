package dev.steno.library;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.QueryBuilder;

/**
 * What somebody typed to search for: words, all of which must occur, and phrases in quotes. Nothing else in it has a
 * meaning, so nothing that is typed can be wrong.
 */
final class WordQuery {
    /** More words narrow nothing down, and cost time. */
    private static final int MOST_CLAUSES = 32;

    /** A phrase in quotes, of which the last may be missing; or a word. */
    private static final Pattern CLAUSE = Pattern.compile("[\"“”„]([^\"“”„]*)(?:[\"“”„]|$)|([^\\s\"“”„]+)");

    private final List<String> clauses;

    WordQuery(String typed) {
        clauses = CLAUSE.matcher(typed)
                .results()
                .map(WordQuery::clause)
                .limit(MOST_CLAUSES)
                .toList();
    }

    private static String clause(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2);
    }

    /** All clauses in one of the fields: a transcript's words are in the field of its language. */
    Query over(Collection<String> fields, Analyzer analyzer) {
        QueryBuilder builder = new QueryBuilder(analyzer);
        BooleanQuery.Builder anyLanguage = new BooleanQuery.Builder();
        for (String field : fields) {
            List<Query> terms = new ArrayList<>();
            for (String clause : clauses) {
                Query term = builder.createPhraseQuery(field, clause); // a word may become several terms as well
                if (term != null) {
                    terms.add(term);
                }
            }
            if (!terms.isEmpty()) {
                BooleanQuery.Builder all = new BooleanQuery.Builder();
                terms.forEach(term -> all.add(term, BooleanClause.Occur.MUST));
                anyLanguage.add(all.build(), BooleanClause.Occur.SHOULD);
            }
        }
        BooleanQuery query = anyLanguage.build();
        return query.clauses().isEmpty() ? new MatchNoDocsQuery("nothing to search for") : query;
    }
}
