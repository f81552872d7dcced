package dev.steno.library;

import dev.steno.archive.ListRange;
import dev.steno.archive.TranscriptStem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * The words of all transcripts in a Lucene index on disk: a copy, of which nothing is lost when it is thrown away.
 * Merges run on the writing thread. Thread-safe.
 */
final class SearchIndex implements AutoCloseable {
    /** Rises when documents are made differently: an index of another version is thrown away. */
    private static final String VERSION = "2";

    private static final String VERSION_KEY = "steno";
    private static final double BUFFER_MEGABYTES = 8;

    static final String STEM = "stem";
    static final String ORDER = "order";

    /** When the recording began: names tell only the second. */
    private static final String STARTED = "started";

    private static final String OWNER = "owner";
    static final String SUMMARY = "summary";
    static final String WORDS = "words";
    static final String PLACES = "places";
    static final String LISTED = "listed";
    private static final FieldType TEXT = text();

    private static final System.Logger LOG = System.getLogger(SearchIndex.class.getName());

    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final FieldAnalyzers analyzers = new FieldAnalyzers();

    /**
     * A transcript for the index.
     *
     * @param listedVersion what the archive's list says of it; another one means that it was written again
     * @param startedAt within the second of the stem
     * @param summary the item of a list, with formats and audio
     */
    record Entry(
            TranscriptStem stem,
            Instant startedAt,
            String listedVersion,
            Optional<String> owner,
            String languageCode,
            String summary,
            IndexedText text) {}

    /** A transcript that was found. */
    record Found(TranscriptStem stem, String summary, List<IndexedText.Hit> hits) {}

    private static FieldType text() {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        type.freeze();
        return type;
    }

    /** @throws IOException if the folder cannot be used, or holds an index that is broken or of another version */
    SearchIndex(Path folder) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(analyzers);
        config.setMergeScheduler(new SerialMergeScheduler()); // the other one makes threads of its own
        TieredMergePolicy policy = new TieredMergePolicy();
        policy.setForceMergeDeletesPctAllowed(0); // what was erased is to be gone
        config.setMergePolicy(policy);
        config.setRAMBufferSizeMB(BUFFER_MEGABYTES);
        config.setCommitOnClose(true);
        writer = new IndexWriter(new NIOFSDirectory(folder), config);
        try {
            checkVersion();
            searchers = new SearcherManager(writer, null);
        } catch (IOException | RuntimeException e) {
            writer.rollback();
            writer.getDirectory().close();
            throw e;
        }
    }

    private void checkVersion() throws IOException {
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        String found = VERSION;
        if (data != null) {
            for (Map.Entry<String, String> entry : data) {
                found = entry.getKey().equals(VERSION_KEY) ? entry.getValue() : found;
            }
        }
        boolean used = writer.getDocStats().maxDoc > 0;
        if (used && (data == null || !found.equals(VERSION))) {
            throw new IOException("The index is of version " + found);
        }
        writer.setLiveCommitData(Map.of(VERSION_KEY, VERSION).entrySet());
    }

    /** Adds a transcript, or puts it in the place of an older form of it. Seen after {@link #refresh}. */
    void put(Entry entry) throws IOException {
        Document document = new Document();
        document.add(new StringField(STEM, entry.stem().toString(), Field.Store.YES));
        long order = entry.stem().order();
        document.add(new NumericDocValuesField(ORDER, order));
        document.add(new LongPoint(ORDER, order));
        document.add(new LongPoint(STARTED, microseconds(entry.startedAt())));
        document.add(new BinaryDocValuesField(LISTED, new BytesRef(entry.listedVersion())));
        entry.owner().ifPresent(owner -> document.add(new StringField(OWNER, owner, Field.Store.NO)));
        document.add(new StoredField(SUMMARY, entry.summary()));
        document.add(new StoredField(WORDS, entry.text().text()));
        document.add(new StoredField(PLACES, entry.text().packedPlaces()));
        document.add(
                new Field(Languages.field(entry.languageCode()), entry.text().text(), TEXT));
        writer.updateDocument(new Term(STEM, entry.stem().toString()), document);
    }

    void remove(TranscriptStem stem) throws IOException {
        writer.deleteDocuments(new Term(STEM, stem.toString()));
    }

    /** Lets searches see what was put and removed. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /** Makes it last. */
    void commit() throws IOException {
        writer.commit();
    }

    /** Writes anew what still holds words of transcripts that were removed or corrected. */
    void purge() throws IOException {
        writer.forceMergeDeletes();
        writer.commit();
    }

    int size() {
        return writer.getDocStats().numDocs;
    }

    /**
     * The newest transcripts, newest first.
     *
     * @param words all of which must be in it; empty for all transcripts
     */
    List<Found> newest(Optional<String> words, Optional<String> owner, ListRange range, int limit) throws IOException {
        Sort newestFirst = new Sort(new SortField(ORDER, SortField.Type.LONG, true));
        return find(words, owner, range, (searcher, query) -> searcher.search(query, limit, newestFirst).scoreDocs);
    }

    /** What fits best first: rare words count more, and short transcripts. */
    List<Found> best(String words, Optional<String> owner, ListRange range, int from, int limit) throws IOException {
        return find(Optional.of(words), owner, range, (searcher, query) -> {
            ScoreDoc[] top = searcher.search(query, from + limit).scoreDocs;
            return Arrays.copyOfRange(top, Math.min(from, top.length), top.length);
        });
    }

    /** Runs a query. */
    @FunctionalInterface
    private interface Run {
        ScoreDoc[] run(IndexSearcher searcher, Query query) throws IOException;
    }

    private List<Found> find(Optional<String> words, Optional<String> owner, ListRange range, Run run)
            throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            Optional<Query> text = words.map(query -> new WordQuery(query).over(fields(searcher), analyzers));
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            query.add(text.orElseGet(MatchAllDocsQuery::new), BooleanClause.Occur.MUST);
            query.add(within(range.wholeSeconds()), BooleanClause.Occur.FILTER);
            query.add(began(range), BooleanClause.Occur.FILTER);
            owner.ifPresent(name -> query.add(new TermQuery(new Term(OWNER, name)), BooleanClause.Occur.FILTER));
            return new FoundDocuments(searcher, text).read(run.run(searcher, query.build()));
        } finally {
            searchers.release(searcher);
        }
    }

    /** What the index holds of a stretch: versions by stem. */
    Map<TranscriptStem, String> versions(ListRange range) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return IndexedVersions.read(searcher, within(range));
        } finally {
            searchers.release(searcher);
        }
    }

    private static Query within(ListRange range) {
        long from = range.from().map(TranscriptStem::firstOrder).orElse(Long.MIN_VALUE);
        long to = range.to().map(TranscriptStem::firstOrder).orElse(Long.MAX_VALUE);
        long before = range.before().map(TranscriptStem::order).orElse(Long.MAX_VALUE);
        return LongPoint.newRangeQuery(ORDER, from, Math.min(to, before) - 1);
    }

    private static Query began(ListRange range) {
        long from = range.from().map(SearchIndex::microseconds).orElse(Long.MIN_VALUE);
        long to = range.to().map(SearchIndex::microseconds).orElse(Long.MAX_VALUE);
        return LongPoint.newRangeQuery(STARTED, from, to - 1);
    }

    /** Rounded up, so that what is compared with it is rounded in the same way. */
    private static long microseconds(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment.plusNanos(999));
    }

    private static List<String> fields(IndexSearcher searcher) {
        List<String> fields = new ArrayList<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            for (FieldInfo field : leaf.reader().getFieldInfos()) {
                if (Languages.isField(field.name) && !fields.contains(field.name)) {
                    fields.add(field.name);
                }
            }
        }
        return fields;
    }

    /** Closes what is broken, without writing it. */
    void abandon() {
        try {
            searchers.close();
            writer.rollback();
            writer.getDirectory().close();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "The broken index did not close properly.", e);
        }
        analyzers.close();
    }

    @Override
    public void close() {
        try {
            searchers.close();
            writer.close();
            writer.getDirectory().close();
            analyzers.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
