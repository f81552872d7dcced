package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.frontend.BaseDataProcessor;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Queue;

/** A stage that hears the frames to come before it hands one on, as far as the utterance has them. */
abstract class LookAhead extends BaseDataProcessor {
    private final Queue<Data> ahead = new ArrayDeque<>();
    private final int frames;
    private boolean ended;

    LookAhead(int frames) {
        this.frames = frames;
    }

    /** A frame or signal comes into sight. */
    protected void hear(Data next) {}

    /** A frame or signal is handed on, while the ones after it are in sight. */
    protected void handOn(Data data, Collection<Data> following) {}

    @Override
    public final Data getData() {
        fill();
        Data data = ahead.poll();
        ended = ended && !ahead.isEmpty();
        if (data != null) {
            handOn(data, Collections.unmodifiableCollection(ahead));
        }
        return data;
    }

    private void fill() {
        Data next;
        while (!ended && ahead.size() <= frames && (next = getPredecessor().getData()) != null) {
            hear(next);
            ahead.add(next);
            ended = next instanceof SpeechEndSignal;
        }
    }
}
