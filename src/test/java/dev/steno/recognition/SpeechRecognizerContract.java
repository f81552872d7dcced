package dev.steno.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.testing.Clip;
import dev.steno.testing.RecordedRecognition;
import dev.steno.testing.WordErrorRate;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Word;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every recogniser does. A subclass per engine says which one, and which speech it can be expected to know. */
public abstract class SpeechRecognizerContract {
    private static final int CHUNK_BYTES = AudioFormat.BYTES_PER_SECOND / 10;

    /** One word in five may be wrong: this tests the plumbing, the benchmark measures the words. */
    private static final double TOLERABLE_ERROR_RATE = 0.2;

    /** A recogniser with room for at least two streams, none of which is open. */
    protected abstract SpeechRecognizer recognizer();

    /** One sentence. */
    protected abstract Clip sentence();

    /** Other words. */
    protected abstract Clip otherSentence();

    /** Sentences with clear pauses between them. */
    protected abstract Clip sentencesWithPauses();

    protected final RecognitionStream open(RecognitionListener listener) throws RecognitionException {
        return recognizer().open(request(), listener);
    }

    protected final RecognitionRequest request() {
        return new RecognitionRequest(
                SessionId.random(), recognizer().languages().iterator().next());
    }

    private RecordedRecognition recognise(byte[] audio, int chunkBytes) throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        recorded.send(stream, audio, chunkBytes);
        stream.finish();
        return recorded.awaitEnd();
    }

    @Test
    void recognises_words_first_provisionally_then_finally() throws RecognitionException {
        RecordedRecognition recorded = recognise(sentence().audio(), CHUNK_BYTES);

        assertThat(WordErrorRate.of(sentence().text(), recorded.text()).rate()).isLessThan(TOLERABLE_ERROR_RATE);
        assertThat(recorded.events()).startsWith("partial").endsWith("final", "completed");
        assertThat(recorded.partials())
                .allSatisfy(partial -> assertThat(partial.text()).isNotBlank());
    }

    @Test
    void says_once_and_before_all_else_that_it_is_open() throws RecognitionException {
        assertThat(recognise(sentence().audio(), CHUNK_BYTES).beforeOpened()).containsExactly(List.of());
        assertThat(recognise(new byte[0], CHUNK_BYTES).beforeOpened()).containsExactly(List.of());
    }

    @Test
    void settles_each_sentence_at_its_pause() throws RecognitionException {
        RecordedRecognition recorded = recognise(sentencesWithPauses().audio(), CHUNK_BYTES);

        assertThat(recorded.finals()).hasSizeGreaterThan(1);
        assertThat(WordErrorRate.of(sentencesWithPauses().text(), recorded.text())
                        .rate())
                .isLessThan(TOLERABLE_ERROR_RATE);
        assertThat(recorded.events()).containsOnlyOnce("completed").doesNotContain("failed");
    }

    @Test
    void gives_words_that_make_up_the_text_and_times_that_rise() throws RecognitionException {
        RecordedRecognition recorded = recognise(sentencesWithPauses().audio(), CHUNK_BYTES);

        List<Double> times = new ArrayList<>();
        times.add(0.0);
        for (RecognitionResult result : recorded.finals()) {
            times.add(result.start());
            result.words().forEach(word -> times.addAll(List.of(word.start(), word.end())));
            times.add(result.end());
            if (!result.words().isEmpty()) {
                assertThat(result.words().stream().map(Word::text).collect(Collectors.joining(" ")))
                        .isEqualTo(result.text());
            }
        }
        times.add(sentencesWithPauses().seconds());
        assertThat(times).isSorted();
    }

    @Test
    void hears_the_same_whatever_the_size_of_chunks() throws RecognitionException {
        String usual = recognise(sentence().audio(), CHUNK_BYTES).text();

        for (int chunkBytes : new int[] {2, 334, 256 * 1024}) {
            assertThat(recognise(sentence().audio(), chunkBytes).text())
                    .as("in chunks of %d", chunkBytes)
                    .isEqualTo(usual);
        }
    }

    @Test
    void copies_what_it_takes() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        byte[] audio = sentence().audio().clone();
        ByteBuffer all = ByteBuffer.wrap(audio);
        int taken = stream.send(all);
        Arrays.fill(audio, 0, taken, (byte) 0);
        recorded.send(stream, Arrays.copyOfRange(sentence().audio(), taken, audio.length), CHUNK_BYTES);
        stream.finish();

        assertThat(WordErrorRate.of(sentence().text(), recorded.awaitEnd().text())
                        .rate())
                .isLessThan(TOLERABLE_ERROR_RATE);
        assertThat(all.position()).isEqualTo(taken);
    }

    @Test
    void takes_what_fits_and_tells_when_there_is_room_again() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        ByteBuffer hour = ByteBuffer.allocate(3600 * AudioFormat.BYTES_PER_SECOND);
        int taken = stream.send(hour);
        assertThat(taken).isPositive().isEven().isLessThan(hour.capacity()).isEqualTo(hour.position());

        recorded.awaitRoom();
        assertThat(stream.send(hour)).isPositive();
        stream.abort();
    }

    @Test
    void completes_when_nothing_was_said() throws RecognitionException {
        assertThat(recognise(new byte[0], CHUNK_BYTES).events()).containsExactly("completed");
        assertThat(recognise(new byte[3 * AudioFormat.BYTES_PER_SECOND], CHUNK_BYTES)
                        .events())
                .containsExactly("completed");
    }

    @Test
    void ends_once_when_finished_twice() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        recorded.send(stream, sentence().audio(), CHUNK_BYTES);
        stream.finish();
        stream.finish();
        recorded.awaitEnd();
        stream.finish();
        stream.abort();

        assertThat(recorded.events()).containsOnlyOnce("completed").doesNotContain("failed");
    }

    @Test
    void takes_nothing_after_finish() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        stream.finish();
        ByteBuffer late = ByteBuffer.wrap(sentence().audio());

        assertThat(stream.send(late)).isZero();
        assertThat(late.position()).isZero();
        assertThat(recorded.awaitEnd().events()).containsExactly("completed");
    }

    @Test
    void falls_silent_after_abort() throws RecognitionException {
        RecordedRecognition recorded = new RecordedRecognition();
        RecognitionStream stream = open(recorded);
        recorded.send(stream, sentence().audio(), CHUNK_BYTES);
        stream.abort();
        stream.abort();
        stream.finish();

        assertThat(stream.send(ByteBuffer.wrap(sentence().audio()))).isZero();
        assertThat(recognise(otherSentence().audio(), CHUNK_BYTES).text()).isNotBlank(); // time for a late event
        assertThat(recorded.events()).doesNotContain("final", "completed", "failed");
    }

    @Test
    void refuses_with_a_remedy_when_all_streams_are_taken() throws RecognitionException {
        List<RecognitionStream> streams = new ArrayList<>();
        for (int i = 0; i < recognizer().streamLimit(); i++) {
            streams.add(open(new RecordedRecognition()));
        }
        assertThatThrownBy(() -> open(new RecordedRecognition()))
                .isInstanceOfSatisfying(RecognitionException.class, refused -> {
                    assertThat(refused.failure().kind()).isEqualTo(RecognitionFailure.Kind.BUSY);
                    assertThat(refused.failure().remedy()).isNotBlank();
                });
        streams.get(0).abort();
        streams.set(0, open(new RecordedRecognition()));
        streams.forEach(RecognitionStream::abort);
    }

    @Test
    void gives_the_stream_back_before_it_says_that_it_ended() throws RecognitionException {
        for (int i = 0; i <= recognizer().streamLimit(); i++) {
            assertThat(recognise(new byte[CHUNK_BYTES], CHUNK_BYTES).events()).containsExactly("completed");
        }
    }

    @Test
    void keeps_two_streams_apart() throws RecognitionException {
        RecordedRecognition one = new RecordedRecognition();
        RecordedRecognition two = new RecordedRecognition();
        RecognitionStream first = open(one);
        RecognitionStream second = open(two);
        one.send(first, sentence().audio(), CHUNK_BYTES);
        two.send(second, otherSentence().audio(), CHUNK_BYTES);
        first.finish();
        second.finish();

        assertThat(one.awaitEnd().text())
                .isEqualTo(recognise(sentence().audio(), CHUNK_BYTES).text());
        assertThat(two.awaitEnd().text())
                .isEqualTo(recognise(otherSentence().audio(), CHUNK_BYTES).text());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 3_000, 1_000_000})
    void survives_noise_up_to_full_scale(int amplitude) throws RecognitionException {
        Random random = new Random(amplitude);
        ByteBuffer noise = ByteBuffer.allocate(2 * AudioFormat.BYTES_PER_SECOND);
        while (noise.hasRemaining()) {
            double sample = amplitude * (random.nextDouble() - 0.5);
            noise.putShort(Short.reverseBytes((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample))));
        }
        assertThat(recognise(noise.array(), CHUNK_BYTES).events()).endsWith("completed");
    }
}
