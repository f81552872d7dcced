package dev.steno.session.recording;

import java.util.Optional;

/** Judges the speed at which a client's audio comes. */
interface Intake {
    /** All of the audio is there, and comes as the engine takes it. */
    Intake OF_FILES = new Intake() {
        @Override
        public Optional<String> refusal(int bytes, long now) {
            return Optional.empty();
        }

        @Override
        public Optional<String> onAccepted(int bytes, long now) {
            return Optional.empty();
        }
    };

    /** @return why audio that comes now is too much */
    Optional<String> refusal(int bytes, long now);

    /** @return what to tell the client about audio that was accepted */
    Optional<String> onAccepted(int bytes, long now);
}
