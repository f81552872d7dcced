package dev.steno.library;

import java.util.Arrays;

/**
 * Entity tags. A transcript has one, which stands for all its formats: whoever has read any of them may edit it, and
 * every format changes when one does.
 */
final class Revisions {
    private static final String ANY = "*";

    private Revisions() {}

    static String entityTag(String revision) {
        return '"' + revision + '"';
    }

    /**
     * Whether one of the tags in {@code If-Match} or {@code If-None-Match} names this revision. Weak tags count, and so
     * does a suffix for a format or an encoding ({@code "abc-txt"}, {@code "abc.gzip"}), which clients and proxies add.
     */
    static boolean match(String header, String revision) {
        return Arrays.stream(header.split(",", -1)).map(String::strip).anyMatch(tag -> matches(tag, revision));
    }

    private static boolean matches(String tag, String revision) {
        if (tag.equals(ANY)) {
            return true;
        }
        String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
        String value = strong.replace("\"", "");
        if (!value.startsWith(revision)) {
            return false;
        }
        String suffix = value.substring(revision.length());
        return suffix.isEmpty() || suffix.matches("[-.;+][A-Za-z0-9.+-]{1,20}");
    }
}
