package dev.steno.session.recording;

import dev.steno.session.RecordingListener;
import dev.steno.session.SessionObserver;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Who hears what happens in recordings: what is counted, and what is said. */
@Dependent
public class Watchers {
    public static final Watchers NONE = new Watchers(SessionObserver.NONE, RecordingListener.NONE);

    private final SessionObserver observer;
    private final RecordingListener listener;

    @Inject
    public Watchers(SessionObserver observer, @Any Instance<RecordingListener> listeners) {
        this(observer, RecordingListener.all(listeners.stream().toList()));
    }

    public Watchers(SessionObserver observer, RecordingListener listener) {
        this.observer = observer;
        this.listener = listener;
    }

    public SessionObserver observer() {
        return observer;
    }

    RecordingListener listener() {
        return listener;
    }
}
