package dev.steno.audience;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The open event streams of this node, of which there is a limit. Thread-safe. */
final class Streams {
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final Semaphore places;
    private final int limit;

    Streams(int limit) {
        this.limit = limit;
        places = new Semaphore(limit);
    }

    /** Takes a place, which {@link Place#release} gives back; null if there is none. */
    Place enter() {
        return places.tryAcquire() ? new Place() : null;
    }

    int count() {
        return limit - places.availablePermits();
    }

    void tick(long now) {
        open.forEach(stream -> stream.tick(now));
    }

    void closeAll() {
        open.forEach(EventStream::close);
    }

    /** One of the places, held until its stream ends. */
    final class Place {
        private EventStream stream;
        private boolean released;

        synchronized void hold(EventStream begun) {
            if (!released) {
                stream = begun;
                open.add(begun);
            }
        }

        /** Twice is the same as once. */
        synchronized void release() {
            if (!released) {
                released = true;
                places.release();
                if (stream != null) {
                    open.remove(stream);
                }
            }
        }
    }
}
