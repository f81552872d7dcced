package dev.steno.protocol.files;

import dev.steno.audio.AudioConverter;
import java.io.IOException;

/** Reads an uploaded WAV file piece by piece, in the format of sessions. Not thread-safe; blocks on the disk. */
final class WavAudio {
    private final UploadFile file;
    private final WavHeader header;
    private final AudioConverter converter;
    private long read;
    private boolean drained;

    WavAudio(UploadFile file, WavHeader header) {
        this.file = file;
        this.header = header;
        converter = new AudioConverter(header.format());
    }

    /** @return about a second of audio, which may be empty for some; null after the last */
    byte[] next() throws IOException {
        long left = header.length() - read;
        if (left > 0) {
            int second = header.frameBytes() * header.format().sampleRateHertz();
            byte[] bytes = file.read(header.start() + read, (int) Math.min(second, left));
            read += bytes.length;
            return converter.convert(header.samples().converted(bytes));
        }
        if (!drained) {
            drained = true;
            return converter.drain();
        }
        return null;
    }
}
