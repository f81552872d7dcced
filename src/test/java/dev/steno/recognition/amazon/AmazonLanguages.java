package dev.steno.recognition.amazon;

import java.util.Set;

/** For comparison with other engines. */
public final class AmazonLanguages {
    public static final Set<String> ALL = TranscribeMapping.LANGUAGES;

    private AmazonLanguages() {}
}
