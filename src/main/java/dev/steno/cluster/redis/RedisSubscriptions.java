package dev.steno.cluster.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Channels of the store that this node listens to, over one connection. Messages that are sent while it is broken are
 * lost. Thread-safe; no method blocks.
 */
final class RedisSubscriptions {
    private static final System.Logger LOG = System.getLogger(RedisSubscriptions.class.getName());

    private final RedisStore store;
    private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();
    private StatefulRedisPubSubConnection<String, String> connection;
    private boolean connecting;

    RedisSubscriptions(RedisStore store, RedisHeart heart) {
        this.store = store;
        heart.onReturn(this::connect);
    }

    /** @param listener returns at once */
    void subscribe(String channel, Consumer<String> listener) {
        if (listeners.put(channel, listener) == null) {
            StatefulRedisPubSubConnection<String, String> current = connection();
            if (current != null) {
                var unused = current.async().subscribe(channel);
            } else {
                connect();
            }
        }
    }

    void unsubscribe(String channel) {
        StatefulRedisPubSubConnection<String, String> current = connection();
        if (listeners.remove(channel) != null && current != null) {
            var unused = current.async().unsubscribe(channel);
        }
    }

    private synchronized StatefulRedisPubSubConnection<String, String> connection() {
        return connection;
    }

    /** Once the connection was made, the client library subscribes again whenever it breaks. */
    private void connect() {
        synchronized (this) {
            if (connection != null || connecting || listeners.isEmpty()) {
                return;
            }
            connecting = true;
        }
        store.subscriber().whenComplete((made, fault) -> {
            synchronized (this) {
                connecting = false;
                connection = made;
            }
            if (made != null) {
                made.addListener(new Messages());
                var unused = made.async().subscribe(listeners.keySet().toArray(String[]::new));
            } else {
                LOG.log(Level.DEBUG, "No subscription to the cluster's store; again when it answers.", fault);
            }
        });
    }

    private final class Messages extends RedisPubSubAdapter<String, String> {
        @Override
        public void message(String channel, String message) {
            Consumer<String> listener = listeners.get(channel);
            if (listener != null) {
                listener.accept(message);
            }
        }
    }
}
