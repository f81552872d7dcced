package dev.steno.session.upstream;

/** Nothing happens any more. */
record Ended() implements Phase {}
