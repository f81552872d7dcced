package dev.steno.audience;

import dev.steno.transcript.TranscriptSegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * What was said in one recording, to be followed from any segment on: all finals, the latest partial and the state.
 * A follower asks for what it has not had; nothing is queued here for anybody. Thread-safe; no method blocks.
 */
final class Feed {
    /** How a recording is doing, as viewers are told. */
    enum State {
        WAITING,
        STREAMING,
        PAUSED,
        RECONNECTING,
        ENDED;

        /** @param wireName as viewers are told */
        static Optional<State> of(String wireName) {
            return Arrays.stream(values())
                    .filter(state -> SseEvents.wireName(state).equals(wireName))
                    .findFirst();
        }
    }

    /** The latest partial result; a newer one has a higher version. */
    record Partial(long version, int segment, String text, Chunk event) {}

    /** What stands around a line's characters, which are kept as text and encoded. */
    private static final long LINE_BYTES = 400;

    private final String recording;
    private String languageCode = "";
    private final List<Line> lines = new ArrayList<>();
    private final List<Translated> translated = new ArrayList<>();
    private final Set<Runnable> followers = new CopyOnWriteArraySet<>();
    private final CueTimes times = new CueTimes();
    private long partials;
    private Partial partial;
    private State state = State.WAITING;
    private Instant startedAt = Instant.now();
    private Optional<EndReason> ended = Optional.empty();
    private long bytes;

    /** A segment in another language, in the order in which they came. */
    record Translated(int segment, String language, Chunk event) {}

    /** @param recording its name for viewers */
    Feed(String recording) {
        this.recording = recording;
    }

    String recording() {
        return recording;
    }

    /** BCP 47; {@code auto} while it is not known, empty before the recording began. */
    synchronized String languageCode() {
        return languageCode;
    }

    synchronized void languageCode(String code) {
        languageCode = code;
    }

    /** @param follower told of each change, on the thread that makes it; returns at once */
    void follow(Runnable follower) {
        followers.add(follower);
    }

    void unfollow(Runnable follower) {
        followers.remove(follower);
    }

    void begin(Instant firstAudio) {
        synchronized (this) {
            startedAt = firstAudio;
        }
    }

    void add(TranscriptSegment segment) {
        synchronized (this) {
            if (segment.number() != lines.size() || ended.isPresent()) {
                return; // told again after a restart of the recording
            }
            Line line = new Line(recording, segment);
            lines.add(line);
            times.add(line, playedSeconds());
            partial = null;
        }
        changed();
    }

    void partial(int segment, String text) {
        synchronized (this) {
            if (segment != lines.size() || ended.isPresent()) {
                return;
            }
            partial = new Partial(++partials, segment, text, SseEvents.partial(segment, text));
        }
        changed();
    }

    void state(State newer) {
        synchronized (this) {
            if (newer == state || ended.isPresent()) {
                return;
            }
            state = newer;
        }
        changed();
    }

    void translate(int segment, String language, String text) {
        synchronized (this) {
            if (segment >= lines.size()
                    || text.equals(lines.get(segment).translations().get(language))) {
                return;
            }
            lines.get(segment).translate(language, text);
            translated.add(new Translated(segment, language, SseEvents.translation(segment, language, text)));
        }
        changed();
    }

    void end(EndReason reason) {
        synchronized (this) {
            if (ended.isPresent()) {
                return;
            }
            ended = Optional.of(reason);
            state = State.ENDED;
            partial = null;
            times.end(playedSeconds());
            lines.forEach(Line::dropWords);
            bytes = lines.stream()
                    .mapToLong(line -> LINE_BYTES + 4L * line.segment().text().length())
                    .sum();
        }
        changed();
    }

    synchronized int size() {
        return lines.size();
    }

    synchronized Line line(int number) {
        return lines.get(number);
    }

    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    synchronized int translations() {
        return translated.size();
    }

    synchronized Translated translation(int number) {
        return translated.get(number);
    }

    synchronized Optional<Partial> partial() {
        return Optional.ofNullable(partial);
    }

    synchronized State state() {
        return state;
    }

    synchronized Optional<EndReason> ended() {
        return ended;
    }

    synchronized Instant startedAt() {
        return startedAt;
    }

    /** What an HLS player may be shown by now. */
    synchronized CueTimes.Window cues() {
        return times.window(playedSeconds());
    }

    /** What this keeps in memory once it has ended, roughly. */
    synchronized long bytes() {
        return bytes;
    }

    private double playedSeconds() {
        return Math.max(0, (System.currentTimeMillis() - startedAt.toEpochMilli()) / 1e3);
    }

    private void changed() {
        followers.forEach(Runnable::run);
    }
}
