/**
 * The cluster's store, Redis or Valkey: implements the ports of the packages that share something between nodes. Loads
 * no class of its client library while {@code CLUSTER_URL} is not set. docs/cluster.md shows the keys.
 */
package dev.steno.cluster.redis;
