package dev.steno.testing.transcribe;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the stand-in saw of one stream. Written by the stream's thread, read by tests. */
public final class ReceivedStream {
    /** Where a stream is in its life. */
    public enum State {
        OPEN,
        /** Refused before it started. */
        REJECTED,
        /** Ended as it should: signed end event, then the end of the request. */
        COMPLETED,
        BROKEN
    }

    final List<Integer> eventBytes = new CopyOnWriteArrayList<>();
    final List<String> finals = new CopyOnWriteArrayList<>();
    volatile State state = State.OPEN;
    volatile String sessionId = "";
    volatile Map<String, String> parameters = Map.of();
    volatile long bytes;
    volatile boolean endEvent;
    volatile boolean endOfRequest;
    volatile String error = "";

    public State state() {
        return state;
    }

    /** The client's number for this stream. */
    public String sessionId() {
        return sessionId;
    }

    /** Those of the request, named as in its headers but without {@code x-amzn-transcribe-}. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** Of audio. */
    public long bytes() {
        return bytes;
    }

    /** The size of each audio event. */
    public List<Integer> eventBytes() {
        return List.copyOf(eventBytes);
    }

    /** The final results that were sent. */
    public List<String> finals() {
        return List.copyOf(finals);
    }

    /** What the client was told, or empty. */
    public String error() {
        return error;
    }
}
