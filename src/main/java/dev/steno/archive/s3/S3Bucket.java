package dev.steno.archive.s3;

import dev.steno.archive.ArchiveSelector;
import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where in S3 transcripts go.
 *
 * @param name the bucket's name, or the ARN of an access point
 * @param prefix what stands before every name, character by character: a folder ends with a slash. Never begins with
 *     one
 * @param pathStyle whether the bucket is named in the path of an address instead of in its host
 */
record S3Bucket(String name, String prefix, boolean pathStyle) {
    private static final String S3_PREFIX = "S3_PREFIX";
    private static final String S3_PATH_STYLE = "S3_PATH_STYLE";

    /**
     * The names that S3 gives out today.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">naming rules</a>
     */
    private static final Pattern NAME = Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern ACCESS_POINT = Pattern.compile("arn:aws[a-z-]*:s3[a-z-]*:\\S+[:/]accesspoint[:/]\\S+");

    /** What stores and tools take for a path that leads elsewhere, and characters that nobody can type or see. */
    private static final Pattern BAD_PREFIX = Pattern.compile(".*(\\p{Cntrl}|\\\\|//|(^|/)\\.{1,2}(/|$)).*");

    /** Of the 1024 bytes of a key; the rest is more than any name of a transcript needs. */
    private static final int MOST_PREFIX_BYTES = 900;

    /** @throws InvalidSettingException for values that cannot work, or without a bucket */
    static S3Bucket of(Settings settings) {
        return new S3Bucket(name(settings), prefix(settings), pathStyle(settings));
    }

    /** All but the name. */
    static void check(Settings settings) {
        prefix(settings);
        pathStyle(settings);
    }

    private static boolean pathStyle(Settings settings) {
        return settings.flag(S3_PATH_STYLE, false);
    }

    String location(String key) {
        return "s3://" + name + "/" + key;
    }

    private static String name(Settings settings) {
        String name = settings.text(ArchiveSelector.S3_BUCKET, "");
        boolean plain = NAME.matcher(name).matches() && !ADDRESS.matcher(name).matches();
        if (!plain && !ACCESS_POINT.matcher(name).matches()) {
            throw new InvalidSettingException(
                    ArchiveSelector.S3_BUCKET,
                    name,
                    "a bucket's name alone (3 to 63 of a-z, 0-9, dots and hyphens; no s3://, no folder: that is "
                            + S3_PREFIX + "), or the ARN of an access point");
        }
        return name;
    }

    /** A leading slash would make a folder without a name. */
    private static String prefix(Settings settings) {
        String value = settings.text(S3_PREFIX, "");
        String prefix = value.replaceFirst("^/+", "");
        if (BAD_PREFIX.matcher(prefix).matches()
                || prefix.getBytes(StandardCharsets.UTF_8).length > MOST_PREFIX_BYTES) {
            throw new InvalidSettingException(
                    S3_PREFIX,
                    value,
                    "up to " + MOST_PREFIX_BYTES + " bytes that stand before each name, for example team/ (no //, no "
                            + "parts . or .., no backslash, no control characters)");
        }
        return prefix;
    }
}
