package dev.steno.servers;

import java.util.Optional;

/**
 * One server's defect, and whether Steno does something about it.
 *
 * @param misfit why it cannot, although the defect may be there
 */
record Mending(String name, State state, Optional<Throwable> misfit) {
    enum State {
        IN_FORCE,
        NOT_NEEDED,
        DOES_NOT_FIT
    }

    /** Looks up what a mending needs of the server, and puts it in force. */
    @FunctionalInterface
    interface Attempt {
        /** @throws ClassNotFoundException on another server */
        void run() throws ReflectiveOperationException;
    }

    static Mending of(String name, Attempt attempt) {
        try {
            attempt.run();
            return inForce(name);
        } catch (ClassNotFoundException e) {
            return notNeeded(name);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return doesNotFit(name, e);
        }
    }

    static Mending inForce(String name) {
        return new Mending(name, State.IN_FORCE, Optional.empty());
    }

    /** Another server, or one without the defect. */
    static Mending notNeeded(String name) {
        return new Mending(name, State.NOT_NEEDED, Optional.empty());
    }

    /** The server that has the defect, built otherwise than known. */
    static Mending doesNotFit(String name, Throwable why) {
        return new Mending(name, State.DOES_NOT_FIT, Optional.of(why));
    }
}
