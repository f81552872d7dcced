package dev.steno.protocol.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Recognises by its first bytes what a file is that is not read here, so that the client is told what it sent. */
final class AudioKind {
    /** As many as any of them needs. */
    static final int BYTES = 16;

    /** @param bytes one character a byte */
    private record Magic(int at, String bytes, String name) {
        boolean begins(byte[] file) {
            return file.length >= at + bytes.length()
                    && new String(file, at, bytes.length(), StandardCharsets.ISO_8859_1).equals(bytes);
        }
    }

    private static final Magic[] MAGICS = {
        new Magic(0, "OggS", "an Ogg file (Opus or Vorbis)"),
        new Magic(0, "\u001aE\u00df\u00a3", "a WebM or Matroska file"),
        new Magic(0, "fLaC", "a FLAC file"),
        new Magic(0, "ID3", "an MP3 file"),
        new Magic(4, "ftyp", "an MP4 or M4A file (AAC)"),
        new Magic(0, "FORM", "an AIFF file"),
        new Magic(0, "caff", "a Core Audio file"),
        new Magic(0, "#!AMR", "an AMR file"),
        new Magic(0, ".snd", "an AU file"),
        new Magic(0, "0&\u00b2u", "a Windows Media file"),
        new Magic(0, "RIFX", "a big-endian WAV file"),
        new Magic(8, "AVI ", "an AVI file"),
    };

    private AudioKind() {}

    /** @param head the first bytes */
    static Optional<String> name(byte[] head) {
        return Arrays.stream(MAGICS)
                .filter(magic -> magic.begins(head))
                .findFirst()
                .map(Magic::name)
                .or(() -> mpeg(head));
    }

    /**
     * A frame of MPEG audio without a tag before it begins with eleven bits that are set; then come version and layer.
     */
    private static Optional<String> mpeg(byte[] head) {
        if (head.length < 2 || head[0] != (byte) 0xFF || (head[1] & 0xE0) != 0xE0) {
            return Optional.empty();
        }
        return Optional.of((head[1] & 0x06) == 0 ? "an AAC file (ADTS)" : "an MP3 file");
    }
}
