package dev.steno.recognition.amazon;

import dev.steno.recognition.StreamPlaces.Place;
import java.util.concurrent.Semaphore;

/** What one stream takes: a permit of this node, and a place among the streams of all nodes. Thread-safe. */
final class StreamPermit {
    private final Semaphore node;
    private Place place;
    private boolean released;

    /** @param node of which a permit was acquired for this stream */
    StreamPermit(Semaphore node) {
        this.node = node;
    }

    /** The stream may have ended while the place was asked for: then the place goes back at once. */
    synchronized void hold(Place granted) {
        if (released) {
            granted.release();
        } else {
            place = granted;
        }
    }

    /** Whether audio may be sent; see {@link Place#isSure}. */
    synchronized boolean isSure() {
        return place == null || place.isSure();
    }

    /** Twice is the same as once. */
    synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        node.release();
        if (place != null) {
            place.release();
        }
    }
}
