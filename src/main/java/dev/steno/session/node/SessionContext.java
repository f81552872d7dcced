package dev.steno.session.node;

import dev.steno.caller.Caller;
import dev.steno.quota.Quota;
import dev.steno.recognition.Engines;
import dev.steno.session.SessionObserver;
import dev.steno.session.Sharing;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.session.recording.Recordings;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What all sessions of a node share.
 *
 * @param engines in order of preference
 * @param defaults configured options of a recording, by name
 * @param languageCode of a recording with these; may be {@code auto}
 * @param quota has a place for each concurrent recording
 * @param tokens open sessions again
 * @param onEnded hears once of each session that is over
 * @param observer counts what happens
 * @param endLost ends the caller's recording that has been without its client for longest; says whether there was one
 * @param sharing gives links to those who read along
 */
record SessionContext(
        Engines engines,
        Map<String, String> defaults,
        String languageCode,
        SessionLimits limits,
        Recordings recordings,
        Quota quota,
        Executor executor,
        TimeSource time,
        ResumeTokens tokens,
        Consumer<TranscriptionSession> onEnded,
        Predicate<Caller> endLost,
        SessionObserver observer,
        Sharing sharing) {
    /** The same for audio that is all there. */
    SessionContext forFiles() {
        return new SessionContext(
                engines,
                defaults,
                languageCode,
                limits.forFiles(),
                recordings,
                quota,
                executor,
                time,
                tokens,
                onEnded,
                endLost,
                observer,
                sharing);
    }
}
