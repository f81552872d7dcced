package dev.steno.live;

import dev.steno.audio.AudioConverter;
import dev.steno.audio.InputFormat;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionConnection;

/**
 * Audio on its way from one connection to the session, converted if the client said that it has another format. Used
 * by one thread at a time.
 */
final class IncomingAudio {
    private final SessionConnection session;
    /** Null while the client sends the session's own format. */
    private AudioConverter converter;

    private boolean begun;

    IncomingAudio(SessionConnection session) {
        this.session = session;
    }

    /** What the client will send. Too late once audio came: the session refuses a second {@code start}, too. */
    void format(InputFormat format) {
        if (!begun) {
            converter = format.isNative() ? null : new AudioConverter(format);
        }
    }

    void chunk(byte[] bytes) {
        begun = true;
        if (converter == null) {
            session.audio(bytes);
        } else if (bytes.length == 0 || bytes.length % converter.format().frameBytes() != 0) {
            session.refuse(
                    ErrorCode.BAD_AUDIO,
                    "A chunk of " + bytes.length + " bytes was refused: in this format a chunk has a multiple of "
                            + converter.format().frameBytes() + ", and not none.");
        } else {
            deliver(converter.convert(bytes));
        }
    }

    /** No more audio comes. */
    void end() {
        if (converter != null) {
            deliver(converter.drain());
            converter = null;
        }
    }

    private void deliver(byte[] pcm) {
        if (pcm.length > 0) {
            session.audio(pcm);
        }
    }
}
