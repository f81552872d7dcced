package dev.steno.metrics;

import static dev.steno.metrics.AskedMetrics.gauge;

import dev.steno.cluster.ClusterStatus;
import dev.steno.webhook.Webhooks;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.Collector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How this node stands to the other nodes of its cluster, and to the receiver of its webhooks. */
@ApplicationScoped
public class NeighbourMetrics {
    private final ClusterStatus cluster;
    private final Webhooks webhooks;

    /** For the container's proxy only. */
    protected NeighbourMetrics() {
        this(null, null);
    }

    @Inject
    public NeighbourMetrics(ClusterStatus cluster, Webhooks webhooks) {
        this.cluster = cluster;
        this.webhooks = webhooks;
    }

    List<Collector> collectors() {
        Info node = Info.builder()
                .name("steno_node")
                .help("The name of this node, new with each start.")
                .labelNames("node")
                .build();
        node.setLabelValues(cluster.node());
        return List.of(
                node,
                gauge("steno_cluster_nodes", "Nodes of the cluster when its store answered last.", cluster::nodes),
                gauge(
                        "steno_cluster_store_up",
                        "1 if the cluster's store answers; also on a single node.",
                        () -> cluster.storeAnswers() ? 1 : 0),
                counter(
                        "steno_webhooks_delivered_total",
                        "Webhooks that the receiver took.",
                        Webhooks.Counts::delivered),
                counter("steno_webhooks_failed_total", "Tries that failed.", Webhooks.Counts::failed),
                counter("steno_webhooks_given_up_total", "Webhooks given up after a day.", Webhooks.Counts::givenUp),
                gauge("steno_webhooks_waiting", "Recordings with a webhook that waits.", () -> webhooks.counts()
                        .map(Webhooks.Counts::waiting)
                        .orElse(0)));
    }

    private Collector counter(String name, String help, ToDoubleFunction<Webhooks.Counts> value) {
        return AskedMetrics.counter(
                name, help, () -> webhooks.counts().map(value::applyAsDouble).orElse(0.0));
    }
}
