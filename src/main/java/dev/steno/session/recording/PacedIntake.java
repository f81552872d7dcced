package dev.steno.session.recording;

import dev.steno.transcript.AudioFormat;
import java.util.Optional;

/** Audio that comes as it is spoken. Belongs to the session's worker. */
final class PacedIntake implements Intake {
    private final int mostAhead;
    private final WrongAudio wrongAudio;
    private final Haste ahead;

    /**
     * @param mostAhead bytes ahead of real time
     * @param wrongAudio says what a client sends that is too fast or too slow
     * @param now as nanoTime
     */
    PacedIntake(int mostAhead, WrongAudio wrongAudio, long now) {
        this.mostAhead = mostAhead;
        this.wrongAudio = wrongAudio;
        ahead = new Haste(now);
    }

    @Override
    public Optional<String> refusal(int bytes, long now) {
        if (ahead.add(bytes, now) <= mostAhead) {
            return Optional.empty();
        }
        return Optional.of("Audio came more than " + mostAhead / AudioFormat.BYTES_PER_SECOND
                + " s ahead of real time. Send it at the speed of speech." + wrongAudio.explanation(now));
    }

    @Override
    public Optional<String> onAccepted(int bytes, long now) {
        return wrongAudio.onAccepted(bytes, now);
    }
}
