package dev.steno.protocol;

import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a session may say, made briefly. */
public final class SessionEvents {
    public static final SessionEvent PAUSED = new SessionEvent.Status(UpstreamState.PAUSED, "test", "en-US");
    public static final SessionEvent STREAMING = new SessionEvent.Status(UpstreamState.STREAMING, "test", "en-US");

    private SessionEvents() {}

    public static SessionEvent connected() {
        return new SessionEvent.Connected(SessionId.random(), "token", "test", "en-US", OptionalLong.empty(), false);
    }

    public static SessionEvent partial(String text, double start, double end) {
        return new SessionEvent.Partial(0, text, start, end);
    }

    /** With words that share the time, each with a confidence of 0.5. */
    public static SessionEvent settled(String text, double start, double end) {
        String[] words = text.split(" ", -1);
        List<Word> timed = new ArrayList<>();
        double each = (end - start) / words.length;
        for (int i = 0; i < words.length; i++) {
            timed.add(new Word(words[i], start + i * each, start + (i + 1) * each, 0.5));
        }
        return new SessionEvent.Final(new TranscriptSegment(0, text, start, end, timed));
    }

    public static SessionEvent problem(ErrorCode code, boolean fatal) {
        return new SessionEvent.Problem(code, "This is why.", fatal, OptionalLong.empty());
    }
}
