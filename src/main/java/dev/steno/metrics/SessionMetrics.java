package dev.steno.metrics;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionObserver;
import dev.steno.transcript.AudioFormat;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import java.util.List;
import java.util.Locale;

/**
 * Counts what happens in the sessions. Labels are engines, codes, kinds and outcomes, of which there are a few each,
 * and every series is there from the start, so that a rate of it has no gap. Thread-safe.
 */
final class SessionMetrics implements SessionObserver {
    /**
     * Captions that come within a second feel live; an engine that settles a sentence takes a few more; 45 s are kept.
     */
    private static final double[] DELAYS = {0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 45};

    private static final String PARTIAL = "partial";
    private static final String FINAL = "final";

    private final List<Collector> collectors;
    private final GaugeDataPoint active;
    private final CounterDataPoint started;
    private final Counter ended;
    private final CounterDataPoint bytes;
    private final CounterDataPoint seconds;
    private final CounterDataPoint dropped;
    private final Histogram delays;
    private final Counter faults;
    private final Counter reconnects;
    private final Counter problems;
    private final String engine;

    /**
     * @param engines in order of preference: recordings and their audio are counted for the first, results and faults
     * for each
     */
    SessionMetrics(List<String> engines) {
        engine = engines.get(0);
        Gauge running = Gauge.builder()
                .name("steno_recordings_active")
                .help("Recordings that run, or wait for their transcript to be stored.")
                .labelNames("engine")
                .withoutExemplars() // for them a thread is started that outlives the application
                .build();
        Counter begun = counter("steno_recordings_started_total", "Recordings that took a permit.", "engine");
        ended = counter(
                "steno_recordings_total", "Recordings that ended, by what became of them.", "engine", "outcome");
        Counter received = counter("steno_audio_bytes_total", "Audio accepted from clients.", "engine");
        Counter heard = counter("steno_audio_seconds_total", "Audio accepted from clients.", "engine");
        Counter lost = counter(
                "steno_audio_dropped_seconds_total",
                "Accepted audio that was lost before it was recognised.",
                "engine");
        delays = Histogram.builder()
                .name("steno_result_delay_seconds")
                .help("From accepting the last audio that a result covers to sending the result.")
                .labelNames("engine", "result")
                .classicOnly()
                .classicUpperBounds(DELAYS)
                .withoutExemplars()
                .build();
        faults = counter("steno_upstream_faults_total", "Engine streams that broke or did not open.", "engine", "kind");
        reconnects =
                counter("steno_upstream_reconnects_total", "Of them, those that were tried again.", "engine", "kind");
        problems =
                counter("steno_errors_total", "Problems that clients were told of, by code of the protocol.", "code");
        collectors = List.of(running, begun, ended, received, heard, lost, delays, faults, reconnects, problems);

        active = running.labelValues(engine);
        started = begun.labelValues(engine);
        bytes = received.labelValues(engine);
        seconds = heard.labelValues(engine);
        dropped = lost.labelValues(engine);
        beginAtZero(engines);
    }

    private void beginAtZero(List<String> engines) {
        for (Outcome outcome : Outcome.values()) {
            ended.initLabelValues(engine, label(outcome));
        }
        for (String each : engines) {
            delays.initLabelValues(each, PARTIAL);
            delays.initLabelValues(each, FINAL);
            for (RecognitionFailure.Kind kind : RecognitionFailure.Kind.values()) {
                faults.initLabelValues(each, label(kind));
                reconnects.initLabelValues(each, label(kind));
            }
        }
        for (ErrorCode code : ErrorCode.values()) {
            problems.initLabelValues(code.wireName());
        }
    }

    List<Collector> collectors() {
        return collectors;
    }

    @Override
    public void onStarted() {
        active.inc();
        started.inc();
    }

    @Override
    public void onAudio(long more) {
        bytes.inc(more);
        seconds.inc(AudioFormat.seconds(more));
    }

    @Override
    public void onDropped(double lost) {
        dropped.inc(lost);
    }

    @Override
    public void onResult(String by, boolean isFinal, double delaySeconds) {
        delays.labelValues(by, isFinal ? FINAL : PARTIAL).observe(delaySeconds);
    }

    @Override
    public void onFault(String of, RecognitionFailure.Kind kind, boolean retried) {
        faults.labelValues(of, label(kind)).inc();
        if (retried) {
            reconnects.labelValues(of, label(kind)).inc();
        }
    }

    @Override
    public void onProblem(ErrorCode code) {
        problems.labelValues(code.wireName()).inc();
    }

    @Override
    public void onEnded(Outcome outcome) {
        active.dec();
        ended.labelValues(engine, label(outcome)).inc();
    }

    private static Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .build();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
