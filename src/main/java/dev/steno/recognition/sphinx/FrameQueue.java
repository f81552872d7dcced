package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.frontend.BaseDataProcessor;
import edu.cmu.sphinx.frontend.Data;
import java.util.ArrayDeque;
import java.util.Queue;

/** Where a chain of Sphinx processors, which pull, gets what Steno pushes. */
final class FrameQueue extends BaseDataProcessor {
    private final Queue<Data> queue = new ArrayDeque<>();

    void put(Data data) {
        queue.add(data);
    }

    /** The next frame or signal, or null if nothing was put. */
    @Override
    public Data getData() {
        return queue.poll();
    }
}
