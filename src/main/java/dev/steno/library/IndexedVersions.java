package dev.steno.library;

import dev.steno.archive.TranscriptStem;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/** Reads which transcripts an index holds, and in which version, without reading what they say. */
final class IndexedVersions {
    private IndexedVersions() {}

    static Map<TranscriptStem, String> read(IndexSearcher searcher, Query query) throws IOException {
        Map<TranscriptStem, String> versions = new TreeMap<>();
        Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer matching = weight.scorer(leaf);
            if (matching != null) {
                read(leaf, matching.iterator(), versions);
            }
        }
        return versions;
    }

    private static void read(LeafReaderContext leaf, DocIdSetIterator matching, Map<TranscriptStem, String> versions)
            throws IOException {
        NumericDocValues orders = leaf.reader().getNumericDocValues(SearchIndex.ORDER);
        BinaryDocValues listed = leaf.reader().getBinaryDocValues(SearchIndex.LISTED);
        Bits live = leaf.reader().getLiveDocs();
        for (int doc = matching.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = matching.nextDoc()) {
            boolean isLive = live == null || live.get(doc);
            if (isLive && orders.advanceExact(doc) && listed.advanceExact(doc)) {
                versions.put(
                        TranscriptStem.ofOrder(orders.longValue()),
                        listed.binaryValue().utf8ToString());
            }
        }
    }
}
