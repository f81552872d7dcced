package dev.steno.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.testing.Wait;
import dev.steno.translation.TranslationException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts on their way to a service that answers when, and how, the test wants. */
class TranslationsTest {
    private record Request(List<String> texts, CompletableFuture<List<String>> answer) {
        void grant() {
            answer.complete(texts.stream().map(text -> "fr " + text).toList());
        }
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<String> results = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Translator translator = new Translator() {
        @Override
        public String description() {
            return "a test";
        }

        @Override
        public int batch() {
            return 2;
        }

        @Override
        public CompletionStage<List<String>> translate(List<String> texts, String source, String target) {
            Request request = new Request(texts, new CompletableFuture<>());
            requests.add(request);
            return request.answer();
        }
    };

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private Translations translations(OptionalLong characters, Optional<Path> file) {
        return new Translations(
                new TranslationSettings("libretranslate", List.of(), characters),
                Optional.of(translator),
                new DailyCharacters(characters, file, () -> Instant.parse("2026-11-26T12:00:00Z"), Runnable::run),
                timer,
                TranslationObserver.NONE);
    }

    private void ask(Translations of, String text) {
        of.translate(text, "en-US", "fr", true, translated -> results.add(translated.orElse("none of " + text)));
    }

    private void refuse(int request, Kind kind) {
        requests.get(request).answer().completeExceptionally(new TranslationException(kind, "no", null));
    }

    @Test
    void has_one_request_under_way_and_sends_together_what_came_meanwhile() {
        Translations translations = translations(OptionalLong.empty(), Optional.empty());
        for (String text : List.of("a", "b", "c", "d")) {
            ask(translations, text);
        }
        assertThat(requests).extracting(Request::texts).containsExactly(List.of("a"));
        requests.get(0).grant();
        requests.get(1).grant();
        requests.get(2).grant();
        assertThat(requests).extracting(Request::texts).containsExactly(List.of("a"), List.of("b", "c"), List.of("d"));
        assertThat(results).containsExactly("fr a", "fr b", "fr c", "fr d");
    }

    @Test
    void waits_through_an_outage_and_loses_nothing() {
        Translations translations = translations(OptionalLong.empty(), Optional.empty());
        ask(translations, "a");
        refuse(0, Kind.PASSING);
        ask(translations, "b");
        Wait.until(Duration.ofSeconds(10), () -> "another try", () -> requests.size() == 2);
        requests.get(1).grant();
        assertThat(results).containsExactly("fr a", "fr b");
    }

    @Test
    void tries_the_texts_of_a_refused_batch_one_by_one() {
        Translations translations = translations(OptionalLong.empty(), Optional.empty());
        ask(translations, "a");
        ask(translations, "bad");
        ask(translations, "c");
        requests.get(0).grant();
        refuse(1, Kind.REFUSED);
        assertThat(requests.get(2).texts()).containsExactly("bad");
        refuse(2, Kind.REFUSED);
        requests.get(3).grant();
        assertThat(results).containsExactly("fr a", "none of bad", "fr c");
    }

    @Test
    void the_urgent_one_goes_first() {
        Translations translations = translations(OptionalLong.empty(), Optional.empty());
        ask(translations, "a");
        translations.translate("old", "en-US", "fr", false, text -> results.add(text.orElseThrow()));
        ask(translations, "new");
        requests.get(0).grant();
        assertThat(requests.get(1).texts()).containsExactly("new", "old");
    }

    @Test
    void characters_that_were_not_translated_do_not_count() {
        Translations translations = translations(OptionalLong.of(4), Optional.empty());
        ask(translations, "bad");
        refuse(0, Kind.REFUSED);
        ask(translations, "abc");
        requests.get(1).grant();
        assertThat(results).containsExactly("none of bad", "fr abc");
    }

    @Test
    void languages_that_nobody_waits_for_make_room_for_others() {
        Translations translations = translations(OptionalLong.empty(), Optional.empty());
        for (int i = 0; i < 100; i++) {
            translations.translate("a", "en-US", "l" + i, true, text -> results.add(text.orElse("none")));
            requests.get(i).grant();
        }
        assertThat(results).hasSize(100).containsOnly("fr a");
    }

    @Test
    void sends_no_more_than_the_days_characters_and_remembers_them(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("translation").resolve("characters");
        Translations translations = translations(OptionalLong.of(5), Optional.of(file));
        ask(translations, "abc");
        requests.get(0).grant();
        ask(translations, "abc");
        assertThat(requests).hasSize(1);
        assertThat(Files.readString(file)).isEqualTo("2026-11-26 3\n");
        Translations afterRestart = translations(OptionalLong.of(5), Optional.of(file));
        ask(afterRestart, "abc");
        assertThat(requests).hasSize(1);
        Files.writeString(file, "2026-11-25 3\n");
        ask(translations(OptionalLong.of(5), Optional.of(file)), "abc");
        assertThat(requests).as("another day").hasSize(2);
    }

    @Test
    void knows_what_needs_no_translation() {
        assertThat(Translations.isAnother("en-US", "en")).isFalse();
        assertThat(Translations.isAnother("en", "en-GB")).isFalse();
        assertThat(Translations.isAnother("en-US", "fr")).isTrue();
        assertThat(Translations.isAnother("pt-BR", "pt-PT")).isTrue();
        assertThat(Translations.isAnother("", "fr")).isTrue();
    }

    @Test
    void reads_the_configuration() {
        assertThat(settings(Map.of()).enabled()).isFalse();
        assertThat(settings(Map.of()).allows("fr")).isFalse();
        TranslationSettings some =
                settings(Map.of("TRANSLATION", "libretranslate", "TRANSLATION_LANGUAGES", "fr, pt-BR"));
        assertThat(some.allows("fr")).isTrue();
        assertThat(some.allows("de")).isFalse();
        assertThat(some.offered()).containsExactly("fr", "pt-BR");
        TranslationSettings any = settings(Map.of("TRANSLATION", "amazon-translate"));
        assertThat(any.allows("zh-TW")).isTrue();
        for (String nonsense : List.of("", "f", "FR", "../fr", "fr;x", "français")) {
            assertThat(any.allows(nonsense)).as(nonsense).isFalse();
        }
        List<Map<String, String>> wrong = new ArrayList<>();
        wrong.add(Map.of("TRANSLATION", "babelfish"));
        wrong.add(Map.of("TRANSLATION_LANGUAGES", "fr,<b>"));
        wrong.add(Map.of("TRANSLATION_DAILY_CHARACTERS", "0"));
        wrong.forEach(values -> assertThatThrownBy(() -> settings(values)).isInstanceOf(InvalidSettingException.class));
    }

    private static TranslationSettings settings(Map<String, String> values) {
        return TranslationSettings.from(new Settings(key -> Optional.ofNullable(values.get(key))));
    }
}
