package dev.steno.session.recording;

import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.AudioFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the audio of an upstream lies in the client's audio. The two differ by what an earlier process had, and by what
 * the client could not keep while it was away. Positions are bytes or seconds from the first one. Belongs to the
 * session's worker.
 */
final class AudioGaps {
    /** From this upstream position on, the client's position is so many bytes further. */
    private record Gap(long at, long skipped) {}

    private final List<Gap> gaps = new ArrayList<>();

    /** @param start position in the client's audio at which the upstream begins */
    AudioGaps(long start) {
        gaps.add(new Gap(0, start));
    }

    /** Comes before the first audio: the upstream begins at another position. */
    void beginAt(long start) {
        gaps.set(0, new Gap(0, start));
    }

    /** The next byte after an upstream position lies further on in the client's audio. */
    void skip(long at, long bytes) {
        gaps.add(new Gap(at, last().skipped() + bytes));
    }

    /** The client's position. At a gap it is the one behind it. */
    long position(long upstreamBytes) {
        Gap found = gaps.get(0);
        for (Gap gap : gaps) {
            if (gap.at() <= upstreamBytes) {
                found = gap;
            }
        }
        return upstreamBytes + found.skipped();
    }

    /** The result in seconds of the client's audio. */
    RecognitionResult toClient(RecognitionResult result) {
        if (last().skipped() == 0) {
            return result;
        }
        return new RecognitionResult(
                result.text(),
                start(result.start()),
                end(result.end()),
                result.words().stream()
                        .map(word -> word.at(start(word.start()), end(word.end())))
                        .toList(),
                result.languageCode(),
                result.entities().stream()
                        .map(entity -> entity.at(start(entity.start()), end(entity.end())))
                        .toList(),
                result.stableCharacters());
    }

    /** Where something begins: at a gap, behind it. */
    double start(double seconds) {
        return AudioFormat.seconds(position(AudioFormat.bytes(seconds)) - AudioFormat.bytes(seconds)) + seconds;
    }

    /** Where something ends: at a gap, before it. */
    double end(double seconds) {
        long before = Math.max(0, AudioFormat.bytes(seconds) - AudioFormat.BYTES_PER_SAMPLE);
        return AudioFormat.seconds(position(before) - before) + seconds;
    }

    private Gap last() {
        return gaps.get(gaps.size() - 1);
    }
}
