package dev.steno.cluster.redis;

import dev.steno.cluster.ClusterSettings;
import dev.steno.cluster.StoreAwayException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One connection to the store, made when it is first needed and made again by the client library when it breaks. Never
 * blocks: while there is no connection every command fails at once. Results arrive on the library's threads, which
 * must not be blocked either. Not a bean: no class of the library is loaded before one of these is made.
 */
final class RedisStore implements AutoCloseable {
    /** A store on the same network answers in less than a millisecond; this is for one that is swapping or far away. */
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Commands that may wait for their answer: beyond it the store is away, and memory stays bounded. */
    private static final int MOST_WAITING = 10_000;

    /** Between tries to connect again: recordings wait for the store when it is back. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** Few and short commands: two threads serve a node with hundreds of recordings. */
    private static final int IO_THREADS = 2;

    private final ClientResources resources = DefaultClientResources.builder()
            .ioThreadPoolSize(IO_THREADS)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.exponential(Duration.ofMillis(50), LONGEST_PAUSE, 2, TimeUnit.MILLISECONDS))
            .build();

    private final AbstractRedisClient client;
    private final Function<AbstractRedisClient, CompletionStage<Connection>> connector;
    private final AtomicReference<CompletableFuture<Connection>> connection = new AtomicReference<>();
    private final Supplier<CompletionStage<? extends StatefulRedisPubSubConnection<String, String>>> subscriber;

    /** A connection, and what can be asked over it whether the store is one server or a Redis Cluster. */
    private record Connection(
            StatefulConnection<String, String> connection, RedisClusterAsyncCommands<String, String> commands) {}

    RedisStore(ClusterSettings settings) {
        URI url = settings.url().orElseThrow();
        if (url.getScheme().endsWith("-cluster")) {
            String plain = url.toString().replaceFirst("-cluster:", ":");
            RedisClusterClient cluster = RedisClusterClient.create(resources, uri(plain));
            cluster.setOptions(clusterOptions());
            client = cluster;
            subscriber = () -> cluster.connectPubSubAsync(StringCodec.UTF8);
            connector =
                    any -> cluster.connectAsync(StringCodec.UTF8).thenApply(made -> new Connection(made, made.async()));
        } else {
            RedisURI uri = uri(url.toString());
            RedisClient single = RedisClient.create(resources, uri);
            single.setOptions(options(ClientOptions.builder()).build());
            client = single;
            subscriber = () -> single.connectPubSubAsync(StringCodec.UTF8, uri);
            connector = any ->
                    single.connectAsync(StringCodec.UTF8, uri).thenApply(made -> new Connection(made, made.async()));
        }
    }

    /** With a time-out of the first words over a new connection, too: the library's own would be a minute. */
    private static RedisURI uri(String url) {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(COMMAND_TIMEOUT);
        uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(COMMAND_TIMEOUT));
        return uri;
    }

    /**
     * Runs a script.
     *
     * @return what it returned: numbers as Long, strings, lists of these; fails with {@link StoreAwayException} only
     */
    CompletionStage<List<Object>> run(RedisScript script, List<String> keys, List<String> arguments) {
        String[] keyArray = keys.toArray(String[]::new);
        String[] argumentArray = arguments.toArray(String[]::new);
        return ask(commands -> bySha(commands, script, keyArray, argumentArray));
    }

    private static CompletionStage<List<Object>> bySha(
            RedisClusterAsyncCommands<String, String> commands, RedisScript script, String[] keys, String[] arguments) {
        CompletionStage<List<Object>> known = commands.evalsha(script.sha(), ScriptOutputType.MULTI, keys, arguments);
        return known.exceptionallyCompose(fault -> cause(fault) instanceof RedisNoScriptException
                ? commands.eval(script.text(), ScriptOutputType.MULTI, keys, arguments) // a store that was restarted
                : CompletableFuture.failedStage(fault));
    }

    /** Runs one plain command. Fails with {@link StoreAwayException} only. */
    <T> CompletionStage<T> ask(Function<RedisClusterAsyncCommands<String, String>, CompletionStage<T>> command) {
        return connected()
                .thenCompose(each -> command.apply(each.commands()))
                .exceptionallyCompose(fault -> CompletableFuture.failedStage(away(cause(fault))));
    }

    private static StoreAwayException away(Throwable cause) {
        return new StoreAwayException("The cluster's store does not answer: " + cause.getMessage(), cause);
    }

    /** A further connection, for subscriptions; once it is made the client library makes it again when it breaks. */
    CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> subscriber() {
        try {
            return subscriber.get();
        } catch (RedisException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletableFuture<Connection> connected() {
        CompletableFuture<Connection> current = connection.get();
        if (current != null && !current.isCompletedExceptionally()) {
            return current;
        }
        CompletableFuture<Connection> next = new CompletableFuture<>();
        if (!connection.compareAndSet(current, next)) {
            return connection.get();
        }
        try {
            connector.apply(client).whenComplete((made, fault) -> {
                if (fault == null) {
                    next.complete(made);
                } else {
                    next.completeExceptionally(cause(fault));
                }
            });
        } catch (RedisException e) {
            next.completeExceptionally(e);
        }
        return next;
    }

    static Throwable cause(Throwable fault) {
        return fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    }

    private static ClusterClientOptions clusterOptions() {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder()
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enableAllAdaptiveRefreshTriggers()
                        .enablePeriodicRefresh(Duration.ofSeconds(30))
                        .build());
        options(builder);
        return builder.build();
    }

    private static ClientOptions.Builder options(ClientOptions.Builder builder) {
        return builder.autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(COMMAND_TIMEOUT));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the process or the deployment ends; nothing follows
    public void close() {
        client.shutdownAsync(0, 2, TimeUnit.SECONDS)
                .whenComplete((done, fault) -> resources.shutdown(0, 2, TimeUnit.SECONDS));
    }
}
