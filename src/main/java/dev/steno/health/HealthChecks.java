package dev.steno.health;

import dev.steno.archive.ArchiveQueue;
import dev.steno.archive.ArchiveStatus;
import dev.steno.archive.JournalCheck;
import dev.steno.cluster.ClusterStatus;
import dev.steno.library.IndexStatus;
import dev.steno.library.LibraryIndex;
import dev.steno.recognition.RecognizerSelector;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.session.ServiceDescription;
import dev.steno.session.TranscriptionSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checks that probes ask for. None touches a disk or the network: each answers with what was found in the
 * background. A full node and a bucket in trouble stay up: recordings go on, the journal covers them, and a restart
 * would only end them.
 */
@ApplicationScoped
public class HealthChecks {
    private final RecognizerSelector selector;
    private final ArchiveQueue archive;
    private final JournalCheck journal;
    private final TranscriptionSessions sessions;
    private final LibraryIndex library;
    private final ClusterStatus cluster;

    /** For the container's proxy only. */
    protected HealthChecks() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public HealthChecks(
            RecognizerSelector selector,
            ArchiveQueue archive,
            JournalCheck journal,
            TranscriptionSessions sessions,
            LibraryIndex library,
            ClusterStatus cluster) {
        this.cluster = cluster;
        this.selector = selector;
        this.archive = archive;
        this.journal = journal;
        this.sessions = sessions;
        this.library = library;
    }

    /** The process answers. */
    Check live() {
        return new Check("steno", true, Map.of());
    }

    /** The models are loaded, or will never be. */
    Check started() {
        RecognizerStatus status = selector.engines().status();
        return new Check("recognizer-start", status.state() != RecognizerStatus.State.LOADING, recognizerData(status));
    }

    /** The engine can open streams. */
    Check recognizer() {
        RecognizerStatus status = selector.engines().status();
        return new Check("recognizer", status.state() == RecognizerStatus.State.READY, recognizerData(status));
    }

    /** The journal can be written, so nothing final can be lost. */
    Check archive() {
        JournalCheck.Answer found = journal.last();
        ArchiveStatus status = archive.status();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("archive", status.archive());
        data.put("journal", journal.root());
        data.put("journal_checked_seconds_ago", found.age().toSeconds());
        data.put("waiting", status.waiting());
        status.last().ifPresent(last -> {
            data.put("last_outcome", last.text());
            data.put("last_outcome_at", last.at());
        });
        found.problem().ifPresent(text -> data.put("problem", text));
        return new Check("archive", found.problem().isEmpty(), data);
    }

    /** How busy the node is. */
    Check recordings() {
        ServiceDescription description = sessions.description();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("active", description.recordings());
        data.put("limit", description.recordingLimit());
        data.put("connections", description.connections());
        description.minutes().ifPresent(minutes -> {
            data.put("daily_minutes", minutes.limit());
            data.put("daily_minutes_used", minutes.used());
        });
        return new Check("recordings", true, data);
    }

    /** How far the search index is. Without one recordings go on as well. */
    Check library() {
        IndexStatus status = library.status();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("index", status.state());
        data.put("transcripts", status.transcripts());
        status.reached().ifPresent(stem -> data.put("reached", stem));
        status.problem().ifPresent(text -> data.put("problem", text));
        return new Check("library", true, data);
    }

    /** Whether other nodes can go on with this one's recordings. Without the store recordings go on as well. */
    Check cluster() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("node", cluster.node());
        data.put("nodes", cluster.nodes());
        data.put("store", cluster.store());
        data.put("store_answers", cluster.storeAnswers());
        return new Check("cluster", true, data);
    }

    List<Check> all() {
        return List.of(live(), started(), recognizer(), archive(), recordings(), library(), cluster());
    }

    private Map<String, Object> recognizerData(RecognizerStatus status) {
        SpeechRecognizer recognizer = selector.selected();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("engine", recognizer.engine());
        data.put("state", status.state().name());
        data.put("detail", status.detail());
        return data;
    }
}
