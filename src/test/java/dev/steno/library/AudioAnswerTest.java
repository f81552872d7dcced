package dev.steno.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class AudioAnswerTest {
    @Test
    void sends_every_byte() throws IOException {
        byte[] audio = new byte[100_000];
        audio[99_999] = 1;
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        AudioAnswer.copy(new ByteArrayInputStream(audio), target);
        assertThat(target.toByteArray()).isEqualTo(audio);
    }

    @Test
    void ends_quietly_when_the_client_is_gone() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Connection is closed");
            }
        };
        assertThatNoException().isThrownBy(() -> AudioAnswer.copy(new ByteArrayInputStream(new byte[100_000]), gone));
    }

    @Test
    void fails_when_the_archive_does() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("bucket");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("bucket");
            }
        };
        assertThatThrownBy(() -> AudioAnswer.copy(broken, OutputStream.nullOutputStream()))
                .isInstanceOf(IOException.class);
    }
}
