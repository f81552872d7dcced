package dev.steno.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** One file of the page, ready to be sent. */
final class PageFile {
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "webmanifest", "application/manifest+json",
            "png", "image/png");

    /** Lines that are nothing but comment, by the style of this code: a third of what would be sent. */
    private static final Pattern COMMENT =
            Pattern.compile("^[ \\t]*(?:/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/|//[^\\n]*)[ \\t]*$", Pattern.MULTILINE);

    private static final Pattern NOT_A_LINE_BREAK = Pattern.compile("[^\\n]+");

    private final byte[] content;
    private final byte[] compressed;
    private final String validator;
    private final String mediaType;

    PageFile(String path, byte[] original) {
        content = isCode(path) ? withoutComments(text(original)).getBytes(StandardCharsets.UTF_8) : original;
        compressed = gzip(content);
        validator = hash(content);
        mediaType = MEDIA_TYPES.get(extension(path));
    }

    /** As it is sent to those who take no compressed content. Not to be changed. */
    byte[] content() {
        return content;
    }

    /** The same with gzip. */
    byte[] compressed() {
        return compressed;
    }

    /** The content's hash: servers make theirs of size and time, which a reproducible build leaves as they were. */
    String validator() {
        return validator;
    }

    String mediaType() {
        return mediaType;
    }

    static boolean isKnown(String path) {
        return MEDIA_TYPES.containsKey(extension(path));
    }

    /** The lines stay where they are, so that an error in a browser names the line of the source. */
    static String withoutComments(String code) {
        return COMMENT.matcher(code)
                .replaceAll(comment -> NOT_A_LINE_BREAK.matcher(comment.group()).replaceAll(""));
    }

    static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    static String hash(byte[]... contents) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] content : contents) {
                sha256.update(content);
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static boolean isCode(String path) {
        // other people's code keeps its notices
        return (path.endsWith(".js") || path.endsWith(".css")) && !path.startsWith("/js/lib/");
    }

    private static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new SmallestGzip(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail so
        }
        return compressed.toByteArray();
    }

    /** Done once, sent often. */
    private static final class SmallestGzip extends GZIPOutputStream {
        SmallestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
