package dev.steno.session.upstream;

import dev.steno.transcript.AudioFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps the time of one upstream stream, which starts at 0, to positions in the client's audio. The two differ by where
 * the stream began, and by audio that was dropped before it was sent.
 */
final class StreamPositions {
    private record Mark(long streamBytes, long position) {}

    private final List<Mark> marks = new ArrayList<>();
    private long streamBytes;

    /** @param position of the first byte that is sent */
    StreamPositions(long position) {
        marks.add(new Mark(0, position));
    }

    void sent(int bytes) {
        streamBytes += bytes;
    }

    /** What is sent next comes from another place than right behind the last byte. */
    void jump(long position) {
        int last = marks.size() - 1;
        if (marks.get(last).streamBytes() == streamBytes) {
            marks.remove(last); // nothing was sent since
        }
        marks.add(new Mark(streamBytes, position));
    }

    /** Seconds in the client's audio. */
    double toClient(double streamSeconds) {
        Mark mark = marks.get(0);
        for (Mark next : marks) {
            if (AudioFormat.seconds(next.streamBytes()) <= streamSeconds) {
                mark = next;
            }
        }
        return AudioFormat.seconds(mark.position() - mark.streamBytes()) + streamSeconds;
    }
}
