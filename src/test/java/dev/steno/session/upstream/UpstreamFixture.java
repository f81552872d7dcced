package dev.steno.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.quota.DailyMinutes;
import dev.steno.recognition.EngineOrder;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionResult;
import dev.steno.session.mailbox.ManualTimeSource;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.testing.FakeRecognizer;
import dev.steno.testing.ManualTime;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** An upstream on the calling thread, in a time of its own, with an engine that says what the test wants. */
abstract class UpstreamFixture {
    static final RecognitionFailure BREAK =
            new RecognitionFailure(RecognitionFailure.Kind.FAILED, true, "It broke.", "Wait.");
    static final RecognitionFailure FATAL =
            new RecognitionFailure(RecognitionFailure.Kind.FAILED, false, "It is dead.", "Call somebody.");

    static final byte[] LOUD_SECOND = loudSecond();

    private static final RecognitionRequest REQUEST = new RecognitionRequest(SessionId.random(), "en-US");

    final ManualTime time = new ManualTime();
    final FakeRecognizer recognizer = new FakeRecognizer();
    final List<String> heard = new ArrayList<>();
    final List<RecognitionResult> results = new ArrayList<>();
    final List<LossReason> reasons = new ArrayList<>();
    final List<Throwable> faults = new ArrayList<>();
    final SessionWorker worker = new SessionWorker(Runnable::run, 1_000, faults::add);
    final ReplayBudget budget = new ReplayBudget(1 << 28);
    final OnWorker upstream = upstream(Map.of());

    @AfterEach
    void assertNoFault() {
        assertThat(faults).isEmpty();
    }

    /** The engines of each upstream that is made. */
    EngineOrder engines() {
        return EngineOrder.of(recognizer, REQUEST);
    }

    private Upstreams upstreams(UpstreamLimits limits) {
        return new Upstreams(limits, budget, DailyMinutes.unlimited(), new ManualTimeSource(time));
    }

    final OnWorker upstream(Map<String, String> values) {
        UpstreamLimits limits = new UpstreamLimits(
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                32_000 * Integer.parseInt(values.getOrDefault("REPLAY_BUFFER_SECONDS", "45")),
                5);
        EngineOrder order = engines();
        return new OnWorker(upstreams(limits).create(order, worker, new Owner()), order);
    }

    /** Calls an upstream where it may be called: on the session's worker, which runs each task at once. */
    final class OnWorker {
        private final Upstream upstream;
        private final EngineOrder engines;

        private OnWorker(Upstream upstream, EngineOrder engines) {
            this.upstream = upstream;
            this.engines = engines;
        }

        void open() {
            worker.submit(upstream::open);
        }

        void append(byte[] audio) {
            worker.submit(() -> upstream.append(audio));
        }

        void pause() {
            worker.submit(upstream::pause);
        }

        void suspend() {
            worker.submit(upstream::suspend);
        }

        void finish() {
            worker.submit(upstream::finish);
        }

        void limit(Duration most) {
            worker.submit(() -> upstream.limit(most));
        }

        void tick() {
            worker.submit(upstream::tick);
        }

        long receivedBytes() {
            return upstream.receivedBytes();
        }

        String engine() {
            return engines.recognizer().engine();
        }

        long settledBytes() {
            return upstream.settledBytes();
        }
    }

    private final class Owner implements Upstream.Owner {
        @Override
        public void onPartial(RecognitionResult result) {
            heard.add("partial " + describe(result));
        }

        @Override
        public void onFinal(RecognitionResult result) {
            results.add(result);
            heard.add("final " + describe(result));
        }

        @Override
        public void onNoWords() {
            heard.add("no words");
        }

        @Override
        public void onSettled() {
            heard.add("settled");
        }

        @Override
        public void onState(UpstreamState state) {
            heard.add(state.name());
        }

        @Override
        public void onDropped(double start, double end, LossReason why) {
            reasons.add(why);
            heard.add("dropped " + start + "-" + end);
        }

        @Override
        public void onFinished() {
            heard.add("finished");
        }

        @Override
        public void onFailed(RecognitionFailure failure, boolean worked) {
            heard.add("failed " + failure.message());
        }

        @Override
        public void onFault(String engine, RecognitionFailure failure, boolean retried) {
            // Counted elsewhere.
        }

        private String describe(RecognitionResult result) {
            return result.text() + " " + result.start() + "-" + result.end();
        }
    }

    private static byte[] loudSecond() {
        byte[] audio = new byte[32_000];
        new Random(1).nextBytes(audio);
        return audio;
    }
}
