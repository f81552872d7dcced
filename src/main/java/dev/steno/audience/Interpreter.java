package dev.steno.audience;

import dev.steno.translation.Translations;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Has the finals of one recording translated, each once for each language that somebody wants. Thread-safe; no method
 * blocks.
 */
final class Interpreter {
    /** More languages for one recording would let a viewer run up a bill. */
    static final int LANGUAGES = 10;

    private final Feed feed;
    private final Translations translations;
    private final OnTranslated onTranslated;
    private final Map<String, BitSet> requested = new HashMap<>();
    private int pending;

    /** Hears of each translation, by any thread. */
    @FunctionalInterface
    interface OnTranslated {
        void accept(int segment, String language, String text);
    }

    Interpreter(Feed feed, Translations translations, OnTranslated onTranslated) {
        this.feed = feed;
        this.translations = translations;
        this.onTranslated = onTranslated;
    }

    /** Asks for what is missing in these languages: the newest final first, since somebody waits for it. */
    void translate(Set<String> languages) {
        if (languages.isEmpty()) {
            return;
        }
        List<Line> lines = feed.lines();
        for (String language : languages) {
            if (!translations.settings().allows(language)) {
                continue;
            }
            for (int number = lines.size() - 1; number >= 0; number--) {
                if (claim(language, number)) {
                    ask(lines.get(number), language, number == lines.size() - 1);
                }
            }
        }
    }

    /** What was translated already, before this node had the recording. */
    synchronized void known(String language, int number) {
        requested.computeIfAbsent(language, fresh -> new BitSet()).set(number);
    }

    private void ask(Line line, String language, boolean newest) {
        int number = line.segment().number();
        String source = line.segment().languageCode().orElseGet(feed::languageCode);
        if (!Translations.isAnother(source, language)) {
            onDone(number, language, Optional.empty());
            return;
        }
        translations.translate(
                line.segment().text(),
                source.isEmpty() ? "auto" : source,
                language,
                newest,
                text -> onDone(number, language, text));
    }

    private synchronized boolean claim(String language, int number) {
        if (!requested.containsKey(language) && requested.size() >= LANGUAGES) {
            return false;
        }
        BitSet numbers = requested.computeIfAbsent(language, fresh -> new BitSet());
        if (numbers.get(number)) {
            return false;
        }
        numbers.set(number);
        pending++;
        return true;
    }

    private void onDone(int number, String language, Optional<String> text) {
        text.ifPresent(translated -> onTranslated.accept(number, language, translated));
        synchronized (this) {
            pending--;
        }
    }

    /** Translations that are still awaited. */
    synchronized int pending() {
        return pending;
    }

    /** Those for which there was anything to translate. */
    synchronized Set<String> languages() {
        return new TreeSet<>(requested.keySet());
    }
}
