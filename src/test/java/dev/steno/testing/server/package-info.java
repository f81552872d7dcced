/** Starts the built WAR on one of several application servers, each in a process of its own that a test may end. */
package dev.steno.testing.server;
