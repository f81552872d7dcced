package dev.steno.testing;

import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognitionStream;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.SpeechRecognizer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A recogniser whose results a test speaks itself. Keeps what each stream was sent. */
public final class FakeRecognizer implements SpeechRecognizer {
    /** One opened stream, in the hands of the test. */
    public final class FakeStream implements RecognitionStream {
        public final RecognitionListener listener;
        public final RecognitionRequest request;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        public boolean finished;
        public boolean aborted;
        public int room = Integer.MAX_VALUE;

        FakeStream(RecognitionRequest request, RecognitionListener listener) {
            this.request = request;
            this.listener = listener;
        }

        @Override
        public int send(ByteBuffer audio) {
            int count = finished || aborted ? 0 : Math.min(room, audio.remaining());
            byte[] taken = new byte[count];
            audio.get(taken);
            received.writeBytes(taken);
            room -= count;
            return count;
        }

        @Override
        public void finish() {
            finished = true;
        }

        @Override
        public Instant replaceBy() {
            return replaceBy;
        }

        @Override
        public void abort() {
            aborted = true;
        }

        public byte[] received() {
            return received.toByteArray();
        }

        public void partial(String text, double start, double end) {
            listener.onPartial(new RecognitionResult(text, start, end, List.of()));
        }

        public void settled(String text, double start, double end) {
            listener.onFinal(new RecognitionResult(text, start, end, List.of()));
        }
    }

    public final List<FakeStream> streams = new ArrayList<>();
    /** How many streams it takes at a time. */
    public int places = 2;

    /** Whether a stream says by itself that it is open. */
    public boolean answers = true;

    public RecognitionFailure refusal;
    /** At the check of a recording's options. */
    public Error thrown;

    public String engine = "sphinx";
    public Instant replaceBy = Instant.MAX;
    public Duration stall = Duration.ofDays(1);
    public Duration longestSilence = Duration.ofDays(1);
    public double speed = Double.POSITIVE_INFINITY;

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public Set<String> languages() {
        if (thrown != null) {
            throw thrown;
        }
        return Set.of("en-US", "de-DE");
    }

    @Override
    public int streamLimit() {
        return places;
    }

    @Override
    public double maximumSpeed() {
        return speed;
    }

    @Override
    public RecognizerStatus status() {
        return new RecognizerStatus(RecognizerStatus.State.READY, "A fake.");
    }

    @Override
    public Duration longestSilence() {
        return longestSilence;
    }

    @Override
    public Duration stallTimeout() {
        return stall;
    }

    @Override
    public RecognitionStream open(RecognitionRequest request, RecognitionListener listener)
            throws RecognitionException {
        if (refusal != null) {
            throw new RecognitionException(refusal);
        }
        FakeStream stream = new FakeStream(request, listener);
        streams.add(stream);
        if (answers) {
            listener.onOpened();
        }
        return stream;
    }

    /** The newest stream. */
    public FakeStream stream() {
        return streams.get(streams.size() - 1);
    }
}
