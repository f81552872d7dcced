package dev.steno.audience;

import dev.steno.translation.TranslationSettings;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code start} says about viewers.
 *
 * @param share as it was written; empty if it was not
 * @param languages of the translations that are wanted
 */
record ShareOptions(Optional<String> share, Optional<String> room, Set<String> languages) {
    private static final int ROOM_LENGTH = 100;

    static ShareOptions of(Map<String, String> options) {
        return new ShareOptions(
                Optional.ofNullable(options.get("share")),
                Optional.ofNullable(options.get("room")),
                languages(options.getOrDefault("translate_to", "")));
    }

    private static Set<String> languages(String withCommas) {
        return Arrays.stream(withCommas.split(",", -1))
                .map(String::strip)
                .filter(language -> !language.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Whether the recording is to be shared from its start. A room alone says so too, unless {@code share} is false.
     */
    boolean wanted() {
        return share.map(Boolean::parseBoolean).orElse(room.isPresent());
    }

    /** @return why a recording cannot begin with these options; empty if it can */
    Optional<String> refusal(AudienceSettings settings, TranslationSettings translation) {
        if (wanted() && !settings.sharing()) {
            return Optional.of("share is not available: this server does not share recordings (SHARING=off).");
        }
        if (share.filter(value -> !value.equals("true") && !value.equals("false"))
                .isPresent()) {
            return Optional.of("share must be true or false.");
        }
        return roomRefusal(room).or(() -> translationRefusal(translation));
    }

    static Optional<String> roomRefusal(Optional<String> room) {
        return room.filter(name -> name.isBlank() || name.length() > ROOM_LENGTH)
                .map(name -> "room must be a name of 1 to " + ROOM_LENGTH + " characters.");
    }

    private Optional<String> translationRefusal(TranslationSettings translation) {
        if (languages.size() > Interpreter.LANGUAGES) {
            return Optional.of("translate_to may name " + Interpreter.LANGUAGES + " languages at most.");
        }
        if (!languages.isEmpty() && !translation.enabled()) {
            return Optional.of("translate_to is not available: this server does not translate (TRANSLATION=off).");
        }
        return languages.stream()
                .filter(language -> !translation.allows(language))
                .findFirst()
                .map(language -> "translate_to: this server does not translate into " + shortened(language) + ".");
    }

    private static String shortened(String language) {
        return language.length() <= ROOM_LENGTH ? language : language.substring(0, ROOM_LENGTH) + "…";
    }
}
