package dev.steno.protocol.openai;

import dev.steno.protocol.DoorLink;
import dev.steno.protocol.SocketWriter;
import dev.steno.session.SessionEvent;
import dev.steno.transcript.TranscriptSegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The items of a conversation. Where the server finds the turns, a segment is an item; where the client does, what
 * was said between two commits is one. Clients append deltas, while partials may change until the end: only what the
 * engine calls stable is sent as a delta before, and the rest with the final.
 */
final class Items {
    /** What OpenAI answers to a commit without audio; clients know and ignore it. */
    static final String EMPTY = "input_audio_buffer_commit_empty";

    /** Half a filter may be held back at the edge when a position is taken. */
    private static final double TOLERANCE_SECONDS = 0.02;

    private final DoorLink connection;
    private final OpenAiEvents events;
    /** Commits whose text is not complete, oldest first. */
    private final Deque<Commit> commits = new ArrayDeque<>();
    /** Finals that no commit holds yet; empty where the server finds the turns. */
    private final List<TranscriptSegment> uncommitted = new ArrayList<>();

    private boolean turns = true;
    /** The item that somebody is speaking; null between two. */
    private String speaking;
    /** What was sent of it as deltas. */
    private String told = "";

    private String previous;
    private int count;
    /** Whether audio came that is not settled. */
    private boolean unsettled;
    /** Whether audio came since the last commit or clear. */
    private boolean buffered;

    private double committedUntil;
    private double clearedUntil;

    /** @param until position in the audio, in seconds */
    private record Commit(String item, String told, double from, double until, List<TranscriptSegment> segments) {}

    Items(DoorLink connection, OpenAiEvents events) {
        this.connection = connection;
        this.events = events;
    }

    /** Whether the server finds the turns. */
    void turns(boolean wanted) {
        turns = wanted;
    }

    void audio(byte[] chunk) {
        unsettled = true;
        buffered = true;
        connection.audio(chunk);
    }

    /** The client ends an utterance: an item is there at once, its text when it is settled. */
    void commit() throws RefusedEventException {
        if (!buffered) {
            throw new RefusedEventException(EMPTY, "No audio came since the last commit.", null);
        }
        buffered = false;
        double until = connection.position();
        String item = speaking == null ? next() : speaking;
        Commit commit = new Commit(item, told, committedUntil, until, new ArrayList<>(uncommitted));
        silence();
        uncommitted.clear();
        committedUntil = until;
        commits.add(commit);
        announce(item);
        settle();
    }

    /** The client drops what it did not commit: nothing of it becomes an item. */
    void clear() {
        buffered = false;
        uncommitted.clear();
        silence();
        clearedUntil = connection.position();
        committedUntil = clearedUntil;
        connection.reply(events.cleared());
        settle();
    }

    private void settle() {
        if (unsettled) {
            connection.pause();
        } else {
            completeAll();
        }
    }

    void partial(SessionEvent.Partial partial) {
        if (!turns || partial.start() < clearedUntil - TOLERANCE_SECONDS || isCommitted(partial.end())) {
            return;
        }
        if (speaking == null) {
            speaking = next();
            connection.reply(events.speechStarted(speaking, partial.start()));
        }
        String stable = partial.text().substring(0, partial.stableCharacters());
        if (stable.length() > told.length() && stable.startsWith(told)) {
            connection.reply(events.delta(speaking, stable.substring(told.length())));
            told = stable;
        }
    }

    private void silence() {
        speaking = null;
        told = "";
    }

    void settled(TranscriptSegment segment) {
        double middle = (segment.start() + segment.end()) / 2;
        completeBefore(middle);
        if (isCommitted(middle)) {
            addToCommit(segment, middle);
        } else if (middle >= clearedUntil) {
            if (turns) {
                item(segment);
            } else {
                uncommitted.add(segment);
            }
        }
    }

    /** What comes before the commit was cleared. */
    private void addToCommit(TranscriptSegment segment, double middle) {
        if (middle >= commits.peek().from() - TOLERANCE_SECONDS) {
            commits.peek().segments().add(segment);
        }
    }

    private boolean isCommitted(double position) {
        return !commits.isEmpty() && position <= commits.peekLast().until() + TOLERANCE_SECONDS;
    }

    /** A turn that the server found. */
    private void item(TranscriptSegment segment) {
        if (speaking == null) {
            speaking = next();
            connection.reply(events.speechStarted(speaking, segment.start()));
        }
        String item = speaking;
        String before = told;
        silence();
        buffered = connection.position() > segment.end() + TOLERANCE_SECONDS;
        committedUntil = segment.end();
        connection.reply(events.speechStopped(item, segment.end()));
        announce(item);
        complete(item, before, segment.text(), segment.end() - segment.start());
    }

    /** Everything that came is settled. */
    void paused() {
        unsettled = false;
        completeAll();
    }

    private void completeAll() {
        completeBefore(Double.POSITIVE_INFINITY);
    }

    /** Completes the commits that nothing can be added to, once something later is known. */
    private void completeBefore(double position) {
        for (Iterator<Commit> each = commits.iterator(); each.hasNext(); ) {
            Commit commit = each.next();
            if (commit.until() + TOLERANCE_SECONDS >= position) {
                return;
            }
            each.remove();
            String text =
                    commit.segments().stream().map(TranscriptSegment::text).collect(Collectors.joining(" "));
            complete(commit.item(), commit.told(), text, commit.until() - commit.from());
        }
    }

    private void announce(String item) {
        connection.reply(events.committed(item, previous));
        connection.reply(events.itemAdded(item, previous));
        previous = item;
    }

    /** @param before what was sent as deltas; a final that does not begin so, after a break, comes without any more */
    private void complete(String item, String before, String text, double seconds) {
        if (text.startsWith(before) && text.length() > before.length()) {
            connection.reply(events.delta(item, text.substring(before.length())));
        }
        connection.reply(SocketWriter.Kind.FINAL, events.completed(item, text, seconds));
    }

    /** Nothing more will be recognised. */
    void fail(String code, String message) {
        commits.forEach(commit -> connection.reply(events.failed(commit.item(), code, message)));
        commits.clear();
        if (speaking != null) {
            connection.reply(events.failed(speaking, code, message));
            silence();
        }
    }

    private String next() {
        count++;
        return "item_" + connection.sessionId() + "_" + count;
    }
}
