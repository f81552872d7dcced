package dev.steno.session;

import dev.steno.archive.OriginOptions;
import dev.steno.archive.StoredTranscript;
import dev.steno.caller.Caller;
import dev.steno.session.SessionObserver.Outcome;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hears what becomes of each recording of this node, words included: for an audience, for webhooks, for a library.
 * Every CDI bean of this type is told. Called on the recording's worker, in order; implementations return at once and
 * do not throw.
 */
public interface RecordingListener {
    /** For nodes where nobody listens. */
    RecordingListener NONE = new RecordingListener() {};

    /** Tells several, in their order. */
    static RecordingListener all(List<RecordingListener> listeners) {
        return new RecordingListener() {
            @Override
            public void onStarted(Description recording) {
                listeners.forEach(each -> each.onStarted(recording));
            }

            @Override
            public void onFirstAudio(Description recording, Instant startedAt) {
                listeners.forEach(each -> each.onFirstAudio(recording, startedAt));
            }

            @Override
            public void onRestored(Description recording, List<TranscriptSegment> finals) {
                listeners.forEach(each -> each.onRestored(recording, finals));
            }

            @Override
            public void onEvent(Description recording, SessionEvent event) {
                listeners.forEach(each -> each.onEvent(recording, event));
            }

            @Override
            public void onEnded(Description recording, Ending ending) {
                listeners.forEach(each -> each.onEnded(recording, ending));
            }
        };
    }

    /** A recording took its permit. Its first audio may come later, or never. */
    default void onStarted(Description recording) {}

    /** Second 0 of the recording's audio was accepted at this moment. */
    default void onFirstAudio(Description recording, Instant startedAt) {}

    /**
     * A recording of a process that is gone goes on with this one. By default the same as a start.
     *
     * @param finals what was said so far
     */
    default void onRestored(Description recording, List<TranscriptSegment> finals) {
        onStarted(recording);
    }

    /**
     * What the recorder's client is told, whether that client is attached or not: {@link SessionEvent.Status}, {@link
     * SessionEvent.Partial}, {@link SessionEvent.Final} (in the journal already) and {@link SessionEvent.AudioDropped}.
     */
    default void onEvent(Description recording, SessionEvent event) {}

    /** The last call for a recording. */
    default void onEnded(Description recording, Ending ending) {}

    /**
     * A recording as it began.
     *
     * @param languageCode BCP 47, or {@code auto} while the engine identifies the language
     * @param options those of {@code start}, by name
     */
    record Description(
            SessionId sessionId, String engine, String languageCode, Caller owner, Map<String, String> options) {
        /** An option of recordings that are made of files: {@code false} keeps the transcript out of the archive. */
        public static final String STORE = OriginOptions.STORE;

        /** An option of recordings that are made of files: the number in the transcript's stem, which is then known. */
        public static final String NUMBER = OriginOptions.NUMBER;

        /** Whether the transcript is to be archived. */
        public boolean stored() {
            return OriginOptions.stored(options);
        }

        public Description {
            options = Map.copyOf(options);
        }
    }

    /**
     * How a recording ended.
     *
     * @param transcript empty if nothing was recognised
     * @param stored empty if the transcript is not stored, or not stored yet
     */
    record Ending(Outcome outcome, Optional<Transcript> transcript, Optional<StoredTranscript> stored) {}
}
