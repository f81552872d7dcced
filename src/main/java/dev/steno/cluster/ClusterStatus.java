package dev.steno.cluster;

/** How this node stands to the others. Cheap: probes and pages ask often. Thread-safe. */
public interface ClusterStatus {
    /** Whether this node shares its recordings with others at all. */
    boolean clustered();

    /** The name of this node, new with each start. */
    String node();

    /** How many nodes there were when the store answered last, this one included; 1 on a single node. */
    int nodes();

    /** Whether the store answers; true on a single node, which needs none. */
    boolean storeAnswers();

    /** The store for people, without a password. */
    String store();
}
