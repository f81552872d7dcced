package dev.steno.session.mailbox;

import java.util.concurrent.Executor;

/**
 * What sessions run on.
 *
 * @param executor runs the short tasks of all sessions
 */
public record SessionThreads(Executor executor, TimeSource time) {}
