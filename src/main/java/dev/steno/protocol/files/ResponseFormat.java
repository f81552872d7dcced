package dev.steno.protocol.files;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code response_format}. */
enum ResponseFormat {
    JSON("application/json"),
    VERBOSE_JSON("application/json"),
    TEXT("text/plain"),
    SRT("text/plain"),
    VTT("text/vtt");

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final String mediaType;

    ResponseFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    static Optional<ResponseFormat> named(String wireName) {
        return Arrays.stream(values())
                .filter(format -> format.wireName.equals(wireName))
                .findFirst();
    }

    /** All of them, for people. */
    static String names() {
        return Arrays.stream(values()).map(format -> format.wireName).collect(Collectors.joining(", "));
    }

    String mediaType() {
        return mediaType;
    }
}
