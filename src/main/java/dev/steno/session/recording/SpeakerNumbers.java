package dev.steno.session.recording;

import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import java.util.List;
import java.util.Optional;

/**
 * Labels of speakers in a recording that goes on after its process ended. A label is {@code <stream>-<speaker of that
 * stream>}, and the streams of this process are counted from 1 again: they are numbered after those before.
 */
final class SpeakerNumbers {
    private final int earlierStreams;

    /** @param finals of the processes before */
    SpeakerNumbers(List<TranscriptSegment> finals) {
        earlierStreams = finals.stream()
                .flatMap(segment -> segment.words().stream())
                .flatMap(word -> word.speaker().stream())
                .mapToInt(SpeakerNumbers::stream)
                .max()
                .orElse(0);
    }

    RecognitionResult number(RecognitionResult result) {
        if (earlierStreams == 0) {
            return result;
        }
        return new RecognitionResult(
                result.text(),
                result.start(),
                result.end(),
                result.words().stream().map(this::number).toList(),
                result.languageCode(),
                result.entities(),
                result.stableCharacters());
    }

    private Word number(Word word) {
        Optional<String> speaker = word.speaker()
                .map(label -> earlierStreams + stream(label) + label.substring(Math.max(0, label.indexOf('-'))));
        return new Word(word.text(), word.start(), word.end(), word.confidence(), speaker);
    }

    /** 0 for a label that this program did not make. */
    private static int stream(String label) {
        return label.matches("[0-9]{1,9}-.*") ? Integer.parseInt(label.substring(0, label.indexOf('-'))) : 0;
    }
}
