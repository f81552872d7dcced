package dev.steno.session.recording;

import dev.steno.caller.Caller;
import dev.steno.recognition.EngineOrder;
import dev.steno.session.RecordingListener;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SessionId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a recording is begun with.
 *
 * @param engines its streams are opened with these
 * @param options those of {@code start}, by name
 * @param owner has a place in the quota for it
 * @param live whether audio comes as it is spoken; otherwise all of it is there, and comes as the engine takes it
 */
public record RecordingRequest(EngineOrder engines, Map<String, String> options, Caller owner, boolean live) {
    SessionId sessionId() {
        return engines.request().sessionId();
    }

    /** The engine in use now. */
    String engine() {
        return engines.recognizer().engine();
    }

    /** As the engine in use was asked for it; may be {@code auto}. */
    String languageCode() {
        return engines.request().languageCode();
    }

    RecordingListener.Description description() {
        return new RecordingListener.Description(sessionId(), engine(), languageCode(), owner, options);
    }

    Recording recording(Instant startedAt) {
        return new Recording(
                sessionId(),
                startedAt,
                engine(),
                languageCode(),
                Optional.of(owner.identity()).filter(identity -> !identity.isEmpty()),
                RecordingOptions.title(options));
    }
}
