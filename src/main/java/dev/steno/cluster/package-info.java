/**
 * What a node of a cluster needs to know of itself: whether there is a cluster, its name, and the name of this node.
 */
package dev.steno.cluster;
