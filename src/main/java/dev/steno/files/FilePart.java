package dev.steno.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a part of a file. */
public final class FilePart extends FilterInputStream {
    private long rest;

    private FilePart(InputStream fromFirst, long bytes) {
        super(fromFirst);
        rest = bytes;
    }

    /** @param first position of the first byte */
    @SuppressWarnings("resource") // the channel is closed with the stream
    public static FilePart open(Path file, long first, long bytes) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(first);
        return new FilePart(Channels.newInputStream(channel), bytes);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (rest == 0) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(rest, length));
        rest -= Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = in.skip(Math.min(rest, bytes));
        rest -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(rest, in.available());
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
