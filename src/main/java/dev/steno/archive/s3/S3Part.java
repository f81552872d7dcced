package dev.steno.archive.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A part of an object while it is read. A reader that leaves early does not wait for the rest. */
final class S3Part extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> part;
    private boolean ended;

    S3Part(ResponseInputStream<GetObjectResponse> part) {
        super(part);
        this.part = part;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        ended = read < 0;
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        ended = read < 0;
        return read;
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            part.close();
        } else {
            part.abort();
        }
    }
}
