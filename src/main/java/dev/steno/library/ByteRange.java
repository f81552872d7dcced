package dev.steno.library;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a document (RFC 9110, section 14).
 *
 * @param first position of the first byte
 * @param last position of the last byte
 */
record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /**
     * What a {@code Range} header asks for. Empty if the header is absent, not understood or has several ranges: then
     * the whole document is the right answer.
     *
     * @throws Problem (416) if no byte of the range exists
     */
    static Optional<ByteRange> parse(String header, long length) {
        Matcher range = ONE.matcher(header == null ? "" : header);
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            long suffix = Long.parseLong(range.group(2));
            return suffix == 0 ? none(length) : Optional.of(new ByteRange(Math.max(0, length - suffix), length - 1));
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? length - 1 : Math.min(Long.parseLong(range.group(2)), length - 1);
        if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < first) {
            return Optional.empty(); // not valid, so ignored
        }
        return first >= length ? none(length) : Optional.of(new ByteRange(first, last));
    }

    private static Optional<ByteRange> none(long length) {
        throw Problem.outOfRange(length);
    }

    long length() {
        return last - first + 1;
    }

    /** So many bytes of it at most. */
    ByteRange first(long most) {
        return new ByteRange(first, Math.min(last, first + most - 1));
    }

    String contentRange(long length) {
        return "bytes " + first + "-" + last + "/" + length;
    }
}
