/**
 * Steno: live speech transcription. A handshake passes {@link dev.steno.access}; audio comes in through
 * {@link dev.steno.live}, or in another product's protocol through {@link dev.steno.protocol}, is converted by
 * {@link dev.steno.audio} where it has another format, belongs to a session in {@link dev.steno.session}, becomes words
 * in {@link dev.steno.recognition}, and ends in {@link dev.steno.archive}.
 * Behind a session, {@link dev.steno.session.node} joins its client, {@link dev.steno.session.attachment}, with its
 * recording, {@link dev.steno.session.recording}, which reaches the engine through {@link dev.steno.session.upstream};
 * all of it in one order, {@link dev.steno.session.mailbox}.
 * A {@link dev.steno.caller} is known from the handshake on; how much one may have is counted in
 * {@link dev.steno.quota}; {@link dev.steno.health} and {@link dev.steno.metrics} watch it, {@link dev.steno.info}
 * describes it. Several nodes are one by {@link dev.steno.cluster}; {@link dev.steno.webhook} tells other programs.
 * Threads come from {@link dev.steno.threads}, files from {@link dev.steno.files}, maps that cannot grow without
 * end from {@link dev.steno.bounded}.
 * Others read along in {@link dev.steno.audience}, in their own language by {@link dev.steno.translation}.
 * The audio of recordings is kept, where it is wanted, in {@link dev.steno.spool} until it is archived.
 * Whole files come in through {@link dev.steno.protocol.files}.
 * What was recorded is found, read and corrected in {@link dev.steno.library}.
 * Words and entities are written as JSON in {@link dev.steno.transcript.json}, log events are made in
 * {@link dev.steno.logging}. The page's files are sent by {@link dev.steno.page}. What single application servers need
 * is in {@link dev.steno.servers}. Calls go forward along that line; answers come back through types that the called
 * room declares.
 */
package dev.steno;
