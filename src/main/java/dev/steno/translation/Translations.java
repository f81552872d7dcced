package dev.steno.translation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * All translations of this node. Texts of one pair of languages wait in one lane, whichever recording they belong to.
 * Thread-safe; no method blocks.
 */
public final class Translations {
    /**
     * More pairs at once than any event needs. Each has one request under way; those that have nothing to do make room.
     */
    private static final int LANES = 64;

    private final TranslationSettings settings;
    private final Optional<Translator> translator;
    private final DailyCharacters budget;
    private final ScheduledExecutorService timer;
    private final TranslationObserver observer;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    /**
     * @param translator empty if nothing is translated
     * @param timer begins the tries that come later
     */
    public Translations(
            TranslationSettings settings,
            Optional<Translator> translator,
            DailyCharacters budget,
            ScheduledExecutorService timer,
            TranslationObserver observer) {
        this.settings = settings;
        this.translator = translator;
        this.budget = budget;
        this.timer = timer;
        this.observer = observer;
    }

    public TranslationSettings settings() {
        return settings;
    }

    /** A line for the log. */
    public String summary() {
        return translator
                .map(service -> "TRANSLATION=" + settings.engine() + ": " + service.description())
                .orElse("TRANSLATION=off: nothing is translated.");
    }

    /** Whether somebody who reads a language would see anything else than was said. */
    public static boolean isAnother(String source, String target) {
        return !base(source).equals(base(target))
                || (source.contains("-") && target.contains("-") && !source.equals(target));
    }

    private static String base(String language) {
        int dash = language.indexOf('-');
        return dash < 0 ? language : language.substring(0, dash);
    }

    /**
     * Has a text translated, sooner or later.
     *
     * @param urgent before all that was said before
     * @param onDone hears once: of the text, or of nothing if there will be none; by any thread
     */
    public void translate(
            String text, String source, String target, boolean urgent, Consumer<Optional<String>> onDone) {
        Optional<Lane> lane = lane(source, target);
        if (lane.isEmpty()) {
            onDone.accept(Optional.empty());
        } else {
            lane.get().add(new Lane.Wish(text, System.nanoTime(), onDone), urgent);
        }
    }

    private Optional<Lane> lane(String source, String target) {
        String pair = source + ">" + target;
        Lane known = lanes.get(pair);
        if (known != null || translator.isEmpty()) {
            return Optional.ofNullable(known);
        }
        if (lanes.size() >= LANES) {
            lanes.values().removeIf(Lane::isIdle); // one that is asked at this very moment still does its work
            if (lanes.size() >= LANES) {
                return Optional.empty();
            }
        }
        return Optional.of(lanes.computeIfAbsent(
                pair, key -> new Lane(translator.get(), List.of(source, target), budget, timer, observer)));
    }
}
