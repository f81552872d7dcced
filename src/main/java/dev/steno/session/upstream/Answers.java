package dev.steno.session.upstream;

import dev.steno.session.mailbox.SessionWorker;

/**
 * Where answers go.
 *
 * @param worker runs every call to the upstream and to its owner
 */
record Answers(SessionWorker worker, Upstream.Owner owner) {}
