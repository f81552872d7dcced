package dev.steno.translation;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What the operator decides about translations.
 *
 * @param engine {@code off}, or whose translations
 * @param languages that may be asked for; empty for any
 * @param dailyCharacters that may be sent to the service in a day (UTC), since it costs money; empty for any number
 */
public record TranslationSettings(String engine, List<String> languages, OptionalLong dailyCharacters) {
    public static final String AMAZON = "amazon-translate";
    public static final String LIBRETRANSLATE = "libretranslate";
    static final String OFF = "off";

    private static final String TRANSLATION = "TRANSLATION";
    private static final String TRANSLATION_LANGUAGES = "TRANSLATION_LANGUAGES";
    private static final String TRANSLATION_DAILY_CHARACTERS = "TRANSLATION_DAILY_CHARACTERS";

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}");

    /** Spoken by many, and known to both services; others may be asked for as well where any is allowed. */
    private static final List<String> WIDESPREAD = List.of(
            "ar", "bn", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko",
            "nl", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "ur", "vi", "zh");

    static TranslationSettings from(Settings settings) {
        List<String> languages = settings.list(TRANSLATION_LANGUAGES);
        languages.forEach(language -> {
            if (!LANGUAGE.matcher(language).matches()) {
                throw new InvalidSettingException(
                        TRANSLATION_LANGUAGES,
                        language,
                        "a comma-separated list of language codes, such as fr,de,pt-BR");
            }
        });
        Optional<String> characters = settings.text(TRANSLATION_DAILY_CHARACTERS);
        return new TranslationSettings(
                settings.choice(TRANSLATION, OFF, OFF, AMAZON, LIBRETRANSLATE),
                languages,
                characters.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(settings.integer(TRANSLATION_DAILY_CHARACTERS, 0, 1, Integer.MAX_VALUE)));
    }

    public boolean enabled() {
        return !engine.equals(OFF);
    }

    public boolean allows(String language) {
        return enabled() && (languages.isEmpty() ? LANGUAGE.matcher(language).matches() : languages.contains(language));
    }

    /** What viewers are shown to choose from. */
    public List<String> offered() {
        return !enabled() ? List.of() : languages.isEmpty() ? WIDESPREAD : languages;
    }
}
