/**
 * Tells a monitoring system in numbers what this node does. Listens to the sessions and asks the other rooms; nobody
 * knows it.
 */
package dev.steno.metrics;
