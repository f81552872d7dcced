package dev.steno.protocol.files;

import dev.steno.files.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What was uploaded, in a file that goes when it is closed: where the system allows it, the file has no name from the
 * beginning, so that nothing is left of it after a crash. Written by one thread at a time, then read by one at a time.
 */
final class UploadFile implements Closeable {
    private final FileChannel channel;
    private long size;

    private UploadFile(FileChannel channel) {
        this.channel = channel;
    }

    static UploadFile create(Path file) throws IOException {
        return new UploadFile(PrivateFiles.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    }

    long size() {
        return size;
    }

    void add(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
        while (rest.hasRemaining()) {
            size += channel.write(rest);
        }
    }

    /** @return up to so many bytes from a position on; fewer only at the end */
    byte[] read(long position, int most) throws IOException {
        int length = (int) Math.max(0, Math.min(most, size - position));
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("The uploaded file became shorter");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
