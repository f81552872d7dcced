package dev.steno.audience;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The event streams of one link, in as many groups as there are processors. To wake them costs the caller a task for
 * each group at most, however many they are; results that come while a group is served are found by its next turn.
 * Thread-safe.
 */
final class Viewers {
    private static final System.Logger LOG = System.getLogger(Viewers.class.getName());

    private final Group[] groups = new Group[Math.max(1, Runtime.getRuntime().availableProcessors())];
    private final AtomicInteger next = new AtomicInteger();
    private final Executor executor;

    Viewers(Executor executor) {
        this.executor = executor;
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new Group();
        }
    }

    /** @return takes the stream out again */
    Runnable add(EventStream stream) {
        Group group = groups[Math.floorMod(next.getAndIncrement(), groups.length)];
        group.streams.add(stream);
        return () -> group.streams.remove(stream);
    }

    int count() {
        return Stream.of(groups).mapToInt(group -> group.streams.size()).sum();
    }

    /** The languages of translations that somebody reads. */
    Set<String> languages() {
        Set<String> languages = new TreeSet<>();
        for (Group group : groups) {
            group.streams.forEach(stream -> stream.language().ifPresent(languages::add));
        }
        return languages;
    }

    /** There may be something new for everybody. */
    void wake() {
        for (Group group : groups) {
            group.wake();
        }
    }

    private final class Group implements Runnable {
        private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean waiting = new AtomicBoolean();

        void wake() {
            if (streams.isEmpty() || !waiting.compareAndSet(false, true)) {
                return;
            }
            try {
                executor.execute(this);
            } catch (RejectedExecutionException e) {
                waiting.set(false);
                LOG.log(Level.DEBUG, "The server takes no more tasks: it is going down.", e);
            }
        }

        @Override
        public void run() {
            waiting.set(false); // before the work: what comes from now on needs another turn
            streams.forEach(EventStream::proceed);
        }
    }
}
