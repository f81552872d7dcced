package dev.steno.spool;

import java.util.Optional;

/**
 * The accepted audio of one recording. A byte lies in it where it lies in the client's audio, so audio that is sent
 * again after a crash replaces itself, and a gap is silence. {@link #add} may be called on any thread and never blocks;
 * the other methods block on the disk. None throws: after a fault the recording has no audio, and the log says why.
 * Thread-safe.
 */
public interface AudioSpool {
    /** Of a recording whose audio is not kept. */
    AudioSpool NONE = new AudioSpool() {
        @Override
        public boolean add(long position, byte[] pcm) {
            return false;
        }

        @Override
        public void write() {}

        @Override
        public void force() {}

        @Override
        public void cut(long position) {}

        @Override
        public void resume(long position) {}

        @Override
        public Optional<WavFile> finish() {
            return Optional.empty();
        }

        @Override
        public void giveUp(String reason) {}

        @Override
        public void delete() {}
    };

    /**
     * Takes audio, which is in memory until the next {@link #write} or {@link #force}.
     *
     * @param position of its first byte in the client's audio
     * @param pcm not changed by anyone from now on
     * @return whether there is so much that a {@link #write} is due
     */
    boolean add(long position, byte[] pcm);

    /** Brings what was taken to the file. */
    void write();

    /**
     * As {@link #write}, and a power cut does not take it away any more. Comes before the journal says what is settled.
     */
    void force();

    /** Drops what lies behind a position: nobody knows words for it. */
    void cut(long position);

    /**
     * The client goes on at this position; what a process that is gone had taken behind it is sent again, or told as
     * lost.
     */
    void resume(long position);

    /** Makes a WAV file of what was taken. May be called again. Empty if there is no audio. */
    Optional<WavFile> finish();

    /** The recording goes on without its audio. */
    void giveUp(String reason);

    /** Deletes the audio: it is archived, or nothing of the recording is kept. */
    void delete();
}
