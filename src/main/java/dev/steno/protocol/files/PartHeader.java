package dev.steno.protocol.files;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a part of a form says of itself (RFC 7578).
 *
 * @param name of the field
 * @param fileName present for a file
 */
record PartHeader(String name, Optional<String> fileName) {
    private static final Pattern DISPOSITION =
            Pattern.compile("(?im)^content-disposition[ \\t]*:[ \\t]*form-data[ \\t]*(;.*)?$");

    /** Values are tokens or quoted; browsers write a quote within as %22, others escape it. */
    private static final Pattern PARAMETER =
            Pattern.compile(";[ \\t]*([a-zA-Z0-9*_-]+)[ \\t]*=[ \\t]*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;\\s\"]++))");

    private static final Pattern ENCODED = Pattern.compile("(?i)(utf-8|iso-8859-1)'[^']*'(.*)");

    /** @param lines header fields, separated by line ends */
    static PartHeader parse(String lines) throws RefusedRequestException {
        Matcher disposition =
                DISPOSITION.matcher(lines.replaceAll("\r\n[ \t]+", " ").replace("\r\n", "\n"));
        String name = null;
        String fileName = null;
        if (disposition.find() && disposition.group(1) != null) {
            Matcher parameter = PARAMETER.matcher(disposition.group(1));
            while (parameter.find()) {
                String value = value(parameter);
                switch (parameter.group(1).toLowerCase(java.util.Locale.ROOT)) {
                    case "name" -> name = value;
                    case "filename" -> fileName = fileName == null ? value : fileName;
                    case "filename*" -> fileName = decoded(value);
                    default -> {} // of no use here
                }
            }
        }
        if (name == null) {
            throw RefusedRequestException.malformed("A part of the form has no name.");
        }
        return new PartHeader(name, Optional.ofNullable(fileName));
    }

    private static String value(Matcher parameter) {
        return parameter.group(2) == null
                ? parameter.group(3)
                : parameter.group(2).replaceAll("\\\\(.)", "$1").replace("%22", "\"");
    }

    /** RFC 8187; form data should not have it, some clients send it all the same. */
    private static String decoded(String value) {
        Matcher encoded = ENCODED.matcher(value);
        if (!encoded.matches()) {
            return value;
        }
        Charset charset =
                encoded.group(1).equalsIgnoreCase("utf-8") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        try {
            return URLDecoder.decode(encoded.group(2).replace("+", "%2B"), charset);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
