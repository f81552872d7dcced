package dev.steno.metrics;

import static dev.steno.metrics.AskedMetrics.counter;
import static dev.steno.metrics.AskedMetrics.gauge;

import dev.steno.archive.ArchiveQueue;
import dev.steno.archive.JournalCheck;
import dev.steno.audience.Audience;
import dev.steno.info.Version;
import dev.steno.recognition.RecognizerSelector;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.session.TranscriptionSessions;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.Collector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the other rooms know about themselves, asked when somebody wants to see it. Thread-safe. */
@ApplicationScoped
public class NodeMetrics {
    private final TranscriptionSessions sessions;
    private final RecognizerSelector selector;
    private final ArchiveQueue archive;
    private final JournalCheck journal;
    private final Audience audience;

    /** For the container's proxy only. */
    protected NodeMetrics() {
        this(null, null, null, null, null);
    }

    @Inject
    public NodeMetrics(
            TranscriptionSessions sessions,
            RecognizerSelector selector,
            ArchiveQueue archive,
            JournalCheck journal,
            Audience audience) {
        this.sessions = sessions;
        this.selector = selector;
        this.archive = archive;
        this.journal = journal;
        this.audience = audience;
    }

    List<Collector> collectors() {
        return List.of(
                build(),
                gauge("steno_recognizer_ready", "1 if the engine can open streams.", () -> flag(recognizerReady())),
                enginesReady(),
                gauge("steno_permits_in_use", "Recordings that hold a permit.", () -> sessions.description()
                        .recordings()),
                gauge("steno_permits_limit", "Recordings that this node runs at once.", () -> sessions.description()
                        .recordingLimit()),
                gauge("steno_archive_waiting", "Transcripts that are not stored yet.", () -> archive.status()
                        .waiting()),
                gauge(
                        "steno_archive_oldest_waiting_seconds",
                        "How long the oldest of them waits; 0 if none does.",
                        this::oldestWaiting),
                counter("steno_archive_stored_total", "Transcripts stored.", () -> archive.status()
                        .stored()),
                counter(
                        "steno_archive_failures_total",
                        "Tries to store a transcript that failed.",
                        () -> archive.status().failures()),
                gauge("steno_viewers", "Viewers that read along.", () -> audience.viewers()),
                gauge("steno_links", "Links that open a recording or a room.", () -> audience.openLinks()),
                counter(
                        "steno_audio_spools_dropped_total",
                        "Recordings whose audio was given up.",
                        () -> journal.audioDropped()),
                gauge("steno_journal_bytes", "Size of all journals.", () -> journal.last()
                        .bytes()),
                gauge(
                        "steno_journal_writable",
                        "1 if the next recording has a journal.",
                        () -> flag(journal.last().problem().isEmpty())));
    }

    private Collector build() {
        Info info = Info.builder()
                .name("steno_build")
                .help("What runs here.")
                .labelNames("version", "engine")
                .build();
        info.setLabelValues(Version.TEXT, selector.selected().engine());
        return info;
    }

    private Collector enginesReady() {
        return GaugeWithCallback.builder()
                .name("steno_engine_ready")
                .help("1 if this engine of TRANSCRIPTION_ENGINE can open streams.")
                .labelNames("engine")
                .callback(told -> selector.engines()
                        .all()
                        .forEach(each ->
                                told.call(flag(each.status().state() == RecognizerStatus.State.READY), each.engine())))
                .build();
    }

    private boolean recognizerReady() {
        return selector.selected().status().state() == RecognizerStatus.State.READY;
    }

    private double oldestWaiting() {
        return archive.status()
                .oldest()
                .map(since -> Math.max(0, Duration.between(since, Instant.now()).toMillis()) / 1e3)
                .orElse(0.0);
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }
}
