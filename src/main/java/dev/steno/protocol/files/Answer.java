package dev.steno.protocol.files;

import dev.steno.archive.TranscriptStem;
import dev.steno.transcript.TranscriptSegment;

/** How a client is told what becomes of its file. Calls come one at a time; none blocks. */
interface Answer {
    /** The recording has its place, and the first audio was accepted. */
    default void begun(TranscriptStem stem) {}

    /** The next segment is final. */
    default void segment(TranscriptSegment segment) {}

    /** The last call, if all went well. */
    void done(Transcribed result);

    /** The last call, if not. */
    void refused(RefusedRequestException why);

    /** Comes about once a second. */
    default void tick() {}
}
