package dev.steno.soak;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;

/** What became of all recordings. Not thread-safe. */
final class SoakTotals {
    private int recordings;
    private int stored;
    private int delayed;
    private int cuts;
    private int reconnects;
    private long finals;
    private long bytes;
    private final List<String> problems = new ArrayList<>();

    void add(SoakRecording recording) {
        recordings++;
        delayed += recording.delayed() ? 1 : 0;
        cuts += recording.cuts();
        reconnects += recording.reconnects();
        finals += recording.finals();
        bytes += recording.saidBytes();
        if (recording.problem() != null) {
            problems.add(recording.problem());
        }
    }

    /** @param archived what the archive holds of it */
    void check(SoakRecording recording, String archived) {
        if (archived.equals(recording.transcript())) {
            stored++;
        } else {
            problems.add("session " + recording.sessionId() + ": the archive holds " + archived);
        }
    }

    List<String> problems() {
        return problems;
    }

    JsonObjectBuilder json() {
        return Json.createObjectBuilder()
                .add("recordings", recordings)
                .add("stored", stored)
                .add("stored_late", delayed)
                .add("lost_or_wrong", problems.size())
                .add("finals", finals)
                .add("audio_bytes", bytes)
                .add("connections_cut", cuts)
                .add("upstream_streams_replaced", reconnects);
    }
}
