package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.SpeechRecognizerContract;
import dev.steno.testing.Clip;
import dev.steno.testing.Microphone;
import dev.steno.testing.RecordedRecognition;
import dev.steno.testing.WordErrorRate;
import dev.steno.threads.PlainThreads;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.SessionId;
import edu.cmu.sphinx.frontend.DoubleData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SphinxRecognizerTest extends SpeechRecognizerContract {
    private static final RecognitionRequest REQUEST = new RecognitionRequest(SessionId.random(), "en-US");

    private static final int CHUNK_BYTES = AudioFormat.BYTES_PER_SECOND / 10;

    private static ExecutorService threads;
    private static SphinxModels models;
    private static SphinxRecognizer recognizer;

    /** The models are loaded once for all tests. */
    @BeforeAll
    static void load() throws IOException {
        SphinxLogging.quiet();
        models = SphinxModels.load(SphinxTuning.DEFAULT);
        threads = Executors.newCachedThreadPool();
        recognizer = started(2, threads);
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
    }

    private static SphinxRecognizer started(int limit, Executor executor) {
        SphinxRecognizer started = new SphinxRecognizer(limit, executor, () -> models);
        started.warmUp();
        return started;
    }

    @Override
    protected SpeechRecognizer recognizer() {
        return recognizer;
    }

    @Override
    protected Clip sentence() {
        return Clip.shipped("weather.wav");
    }

    @Override
    protected Clip otherSentence() {
        return Clip.shipped("directions.wav");
    }

    @Override
    protected Clip sentencesWithPauses() {
        return Clip.shipped("sentences.wav");
    }

    @Test
    void names_its_engine_language_and_limit() {
        assertThat(recognizer.engine()).isEqualTo("sphinx");
        assertThat(recognizer.languages()).containsExactly("en-US");
        assertThat(recognizer.streamLimit()).isEqualTo(2);
    }

    @Test
    void reads_its_limit_from_the_configuration() {
        assertThat(configured("7").streamLimit()).isEqualTo(7);
        assertThat(configured("").streamLimit()).isBetween(1, 64);
        assertThatThrownBy(() -> configured("0")).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> configured("65")).isInstanceOf(InvalidSettingException.class);
    }

    private static SphinxRecognizer configured(String pool) {
        return new SphinxRecognizer(new Settings(key -> Optional.of(pool)), PlainThreads.daemons());
    }

    @Test
    void finds_the_states_of_the_phones_without_context_first_in_the_model() {
        GaussianCodebooks codebooks = models.codebooks();
        for (int senone = 0; senone < codebooks.codebooks() * GaussianCodebooks.PHONE_STATES; senone++) {
            assertThat(codebooks.codebookOf(senone)).isEqualTo(senone / GaussianCodebooks.PHONE_STATES);
        }
    }

    @Test
    void shows_the_first_words_of_each_clip_soon() {
        for (Clip clip : Clip.shipped()) {
            FirstPartial heard = new FirstPartial();
            SphinxDecoder decoder = new SphinxDecoder(models, heard);
            Iterator<byte[]> chunks = Microphone.chunks(clip.audio()).iterator();
            while (heard.delay == 0 && chunks.hasNext()) {
                byte[] chunk = chunks.next();
                heard.position += AudioFormat.seconds(chunk.length);
                decoder.decode(chunk, chunk.length);
            }
            assertThat(heard.delay).as(clip.name()).isBetween(0.1, 0.8);
        }
    }

    /** How much audio after the beginning of speech a decoder had when it first said something. */
    private static final class FirstPartial implements SphinxDecoder.Output {
        private double position;
        private double delay;

        @Override
        public void partial(RecognitionResult result) {
            if (delay == 0) {
                delay = position - result.start();
            }
        }

        @Override
        public void settled(RecognitionResult result) {
            // not of interest here
        }
    }

    /** One word when this was written; Sphinx-4's own search, without a second pass, makes six errors. */
    @Test
    void hears_nearly_all_words_of_the_shipped_clips() {
        WordErrorRate heard = new WordErrorRate(0, 0);
        for (Clip clip : Clip.shipped()) {
            List<String> finals = new ArrayList<>();
            SphinxDecoder decoder = new SphinxDecoder(models, new Finals(finals));
            Microphone.chunks(clip.audio()).forEach(chunk -> decoder.decode(chunk, chunk.length));
            decoder.finish();
            heard = heard.plus(WordErrorRate.of(clip.text(), String.join(" ", finals)));
        }

        assertThat(heard.words()).isEqualTo(78);
        assertThat(heard.errors()).isLessThanOrEqualTo(2);
    }

    @Test
    void says_nothing_twice_when_the_audio_ends_where_an_utterance_was_cut() {
        List<String> finals = new ArrayList<>();
        SphinxDecoder decoder = new SphinxDecoder(models, new Finals(finals));
        ShortBuffer samples = ByteBuffer.wrap(Clip.shipped("weather.wav").audio())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        decoder.begin();
        for (int first = 0; samples.remaining() >= 160; first += 160) {
            double[] frame = new double[160];
            Arrays.setAll(frame, i -> samples.get());
            decoder.frame(new DoubleData(frame, AudioFormat.SAMPLE_RATE_HERTZ, first));
        }
        decoder.end();
        decoder.begin();
        decoder.end();

        assertThat(finals).hasSize(1);
    }

    @Test
    void warms_up_with_speech() {
        List<String> finals = new ArrayList<>();
        byte[] speech = SphinxWarmUp.speech();
        SphinxDecoder decoder = new SphinxDecoder(models, new Finals(finals));
        decoder.decode(speech, speech.length);
        decoder.finish();

        assertThat(String.join(" ", finals)).contains("morning", "weather");
    }

    @Test
    void recognises_an_utterance_that_is_shorter_than_what_it_decodes_twice() {
        Clip clip = Clip.shipped("weather.wav");
        List<String> finals = new ArrayList<>();
        SphinxDecoder decoder = new SphinxDecoder(models, new Finals(finals));
        int length = AudioFormat.BYTES_PER_SECOND * 8 / 10;
        decoder.decode(clip.audio(), length);
        decoder.finish();

        assertThat(finals).hasSize(1); // cut inside a word: which one it hears does not matter
    }

    @Test
    void shows_that_it_works_while_it_hears_an_utterance_again_and_stops_when_nobody_listens() {
        AtomicInteger calls = new AtomicInteger();
        SphinxDecoder decoder = new SphinxDecoder(models, new UntilCall(calls, 50));
        byte[] audio = sentence().audio();

        assertThatThrownBy(() -> {
                    decoder.decode(audio, audio.length);
                    decoder.finish();
                })
                .isInstanceOf(CancellationException.class);
        assertThat(calls).hasValue(50);
    }

    private record UntilCall(AtomicInteger calls, int last) implements SphinxDecoder.Output {
        @Override
        public void partial(RecognitionResult result) {
            // not of interest here
        }

        @Override
        public void settled(RecognitionResult result) {
            throw new AssertionError("heard to its end");
        }

        @Override
        public void working() {
            if (calls.incrementAndGet() == last) {
                throw new CancellationException();
            }
        }
    }

    private record Finals(List<String> texts) implements SphinxDecoder.Output {
        @Override
        public void partial(RecognitionResult result) {
            // not of interest here
        }

        @Override
        public void settled(RecognitionResult result) {
            texts.add(result.text());
        }
    }

    @Test
    void takes_audio_while_the_models_load() throws RecognitionException {
        Queue<Runnable> tasks = new ArrayDeque<>();
        SphinxRecognizer loading = started(1, tasks::add);
        assertThat(loading.status().state()).isEqualTo(RecognizerStatus.State.LOADING);

        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = loading.open(REQUEST, recorded);
        ByteBuffer audio = ByteBuffer.wrap(sentence().audio());
        assertThat(stream.send(audio)).isEqualTo(sentence().audio().length);
        stream.finish();
        assertThat(tasks).hasSize(1);

        run(tasks);
        assertThat(loading.status().state()).isEqualTo(RecognizerStatus.State.READY);
        assertThat(recorded.events()).endsWith("final", "completed");
    }

    @Test
    void gives_the_stream_back_when_aborted_while_the_models_load() throws RecognitionException {
        Queue<Runnable> tasks = new ArrayDeque<>();
        SphinxRecognizer loading = started(1, tasks::add);
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream aborted = loading.open(REQUEST, recorded);
        aborted.send(ByteBuffer.wrap(sentence().audio()));
        aborted.abort();
        RecognitionStream next = loading.open(REQUEST, new RecordedRecognition());
        run(tasks);
        next.abort();

        assertThat(recorded.events()).isEmpty();
    }

    @Test
    void is_unavailable_when_the_models_cannot_be_loaded() throws RecognitionException {
        Queue<Runnable> tasks = new ArrayDeque<>();
        SphinxRecognizer broken = new SphinxRecognizer(1, tasks::add, () -> {
            throw new IOException("no models, for the test");
        });
        broken.warmUp();
        RecordedRecognition waiting = new RecordedRecognition();
        broken.open(REQUEST, waiting);
        run(tasks);

        assertThat(broken.status().state()).isEqualTo(RecognizerStatus.State.UNAVAILABLE);
        assertThat(waiting.events()).containsExactly("failed");
        assertThat(waiting.failures().get(0).kind()).isEqualTo(RecognitionFailure.Kind.UNAVAILABLE);
        assertThatThrownBy(() -> broken.open(REQUEST, new RecordedRecognition()))
                .isInstanceOfSatisfying(
                        RecognitionException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(RecognitionFailure.Kind.UNAVAILABLE));
    }

    @Test
    void holds_no_thread_while_nobody_speaks() throws RecognitionException {
        Queue<Runnable> tasks = new ArrayDeque<>();
        SphinxRecognizer idle = started(1, tasks::add);
        run(tasks);
        RecognitionStream stream = idle.open(REQUEST, new RecordedRecognition());
        assertThat(tasks).isEmpty();

        ByteBuffer second = ByteBuffer.allocate(AudioFormat.BYTES_PER_SECOND);
        stream.send(second);
        stream.send(second.flip());
        assertThat(tasks).as("one task, whatever was sent").hasSize(1);
        run(tasks);
        stream.send(second.flip());
        assertThat(tasks).hasSize(1);
        stream.abort();
    }

    @Test
    void stops_when_aborted_while_it_decodes() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        stream.send(ByteBuffer.wrap(sentence().audio()));
        recorded.awaitPartial();
        stream.abort();
        int events = recorded.events().size();

        RecordedRecognition other = new RecordedRecognition();
        RecognitionStream next = open(other);
        other.send(next, otherSentence().audio(), CHUNK_BYTES);
        next.finish();
        assertThat(other.awaitEnd().text()).isNotBlank();
        assertThat(recorded.events()).doesNotContain("final", "completed", "failed");
        assertThat(recorded.events().size()).isLessThanOrEqualTo(events + 1);
    }

    @Test
    void fails_when_there_is_no_thread_for_it() throws RecognitionException {
        Queue<Runnable> tasks = new ArrayDeque<>();
        Executor stopping = task -> {
            if (!tasks.isEmpty()) {
                throw new RejectedExecutionException("stopping, for the test");
            }
            tasks.add(task);
        };
        SphinxRecognizer rejected = started(1, stopping);
        tasks.peek().run();
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = rejected.open(REQUEST, recorded);
        stream.send(ByteBuffer.allocate(CHUNK_BYTES));

        assertThat(recorded.events()).containsExactly("failed");
        assertThat(stream.send(ByteBuffer.allocate(CHUNK_BYTES))).isZero();
        rejected.open(REQUEST, new RecordedRecognition()).abort();
    }

    @Test
    void fails_when_it_cannot_say_that_it_opened() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition() {
            @Override
            public void onOpened() {
                throw new NoClassDefFoundError("for the test");
            }
        };
        recognizer.open(REQUEST, recorded);

        assertThat(recorded.events()).containsExactly("failed");
    }

    @Test
    void fails_once_when_a_listener_throws_and_serves_the_next() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition() {
            @Override
            public void onPartial(RecognitionResult result) {
                throw new IllegalStateException("broken listener, for the test");
            }
        };
        RecognitionStream stream = open(recorded);
        recorded.send(stream, sentence().audio(), CHUNK_BYTES);

        assertThat(recorded.awaitEnd().events()).containsExactly("failed");
        assertThat(recorded.failures().get(0).kind()).isEqualTo(RecognitionFailure.Kind.FAILED);
    }

    @Test
    void does_not_repeat_a_partial() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        recorded.send(stream, sentence().audio(), CHUNK_BYTES);
        stream.finish();
        recorded.awaitEnd();

        for (int i = 1; i < recorded.partials().size(); i++) {
            assertThat(recorded.partials().get(i).text())
                    .isNotEqualTo(recorded.partials().get(i - 1).text());
        }
    }

    private static void run(Queue<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
