package dev.steno.library;

import dev.steno.archive.TranscriptStem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;

/** Reads what a search found, and where in each document: the index knows the offsets, so no text is analysed again. */
final class FoundDocuments {
    /** One for a segment; a reader who wants more opens the transcript. */
    private static final int MOST_HITS = 10;

    private final IndexSearcher searcher;
    private final Optional<Weight> words;

    /** @param words what was searched for; empty if nothing was */
    FoundDocuments(IndexSearcher searcher, Optional<Query> words) throws IOException {
        this.searcher = searcher;
        this.words = words.isEmpty()
                ? Optional.empty()
                : Optional.of(searcher.createWeight(searcher.rewrite(words.get()), ScoreMode.COMPLETE, 1));
    }

    List<SearchIndex.Found> read(ScoreDoc[] top) throws IOException {
        StoredFields stored = searcher.storedFields();
        List<SearchIndex.Found> found = new ArrayList<>();
        for (ScoreDoc each : top) {
            Document document = stored.document(each.doc);
            TranscriptStem stem =
                    TranscriptStem.parse(document.get(SearchIndex.STEM)).orElseThrow();
            found.add(new SearchIndex.Found(stem, document.get(SearchIndex.SUMMARY), hits(each.doc, document)));
        }
        return found;
    }

    private List<IndexedText.Hit> hits(int doc, Document document) throws IOException {
        if (words.isEmpty()) {
            return List.of();
        }
        IndexedText text = IndexedText.read(
                document.get(SearchIndex.WORDS),
                BytesRef.deepCopyOf(document.getBinaryValue(SearchIndex.PLACES)).bytes);
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        Matches matches = words.get().matches(leaf, doc - leaf.docBase);
        Map<Integer, IndexedText.Hit> bySegment = new LinkedHashMap<>();
        for (String field : matches == null ? List.<String>of() : matches) {
            MatchesIterator each = matches.getMatches(field);
            while (each.next() && bySegment.size() < MOST_HITS) {
                text.hit(each.startOffset(), each.endOffset())
                        .ifPresent(hit -> bySegment.putIfAbsent(hit.segment(), hit));
            }
        }
        return List.copyOf(bySegment.values());
    }
}
