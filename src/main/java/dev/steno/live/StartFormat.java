package dev.steno.live;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.session.ErrorCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The fields of {@code start}, and of the address of a connection that resumes, which say how the audio is encoded. */
final class StartFormat {
    private static final String ENCODING = "encoding";
    private static final String SAMPLE_RATE = "sample_rate";
    private static final String CHANNELS = "channels";

    static final List<String> FIELDS = List.of(ENCODING, SAMPLE_RATE, CHANNELS);

    /** To read a number of 100 000 digits would take a second. */
    private static final int LONGEST_NUMBER = 20;

    private StartFormat() {}

    /** @return empty if none of the fields is there */
    static Optional<InputFormat> of(Map<String, String> fields) throws RefusedMessageException {
        if (FIELDS.stream().map(fields::get).allMatch(Objects::isNull)) {
            return Optional.empty();
        }
        AudioEncoding encoding = encoding(fields.get(ENCODING));
        int rate = number(fields, SAMPLE_RATE, InputFormat.NATIVE.sampleRateHertz());
        int channels = number(fields, CHANNELS, InputFormat.NATIVE.channels());
        try {
            return Optional.of(new InputFormat(encoding, rate, channels));
        } catch (IllegalArgumentException e) {
            throw new RefusedMessageException(ErrorCode.BAD_OPTION, e.getMessage());
        }
    }

    private static AudioEncoding encoding(String name) throws RefusedMessageException {
        if (name == null) {
            return InputFormat.NATIVE.encoding();
        }
        return AudioEncoding.named(name)
                .orElseThrow(() ->
                        new RefusedMessageException(ErrorCode.BAD_OPTION, "encoding must be pcm, mulaw or alaw."));
    }

    private static int number(Map<String, String> fields, String name, int absent) throws RefusedMessageException {
        String value = fields.get(name);
        if (value == null) {
            return absent;
        }
        try {
            if (value.length() <= LONGEST_NUMBER) {
                return new BigDecimal(value).intValueExact(); // some clients write 16000.0
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw notWhole(name);
        }
        throw notWhole(name);
    }

    private static RefusedMessageException notWhole(String name) {
        return new RefusedMessageException(ErrorCode.BAD_OPTION, name + " must be a whole number.");
    }
}
