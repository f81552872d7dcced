package dev.steno.protocol;

import dev.steno.session.ErrorCode;

/** Counts what comes through the doors, each by its name. Thread-safe; returns at once and does not throw. */
public interface DoorObserver {
    /** For those who count nothing. */
    DoorObserver NONE = new DoorObserver() {};

    default void onConnection(String door) {}

    /** A recording began. */
    default void onRecording(String door) {}

    /** A client met a problem, a limit for example, whether its protocol can say so or not. */
    default void onProblem(String door, ErrorCode code) {}
}
