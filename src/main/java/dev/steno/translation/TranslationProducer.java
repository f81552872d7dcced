package dev.steno.translation;

import dev.steno.archive.ArchiveFolders;
import dev.steno.configuration.Settings;
import dev.steno.threads.ContainerThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** Makes the translations of this node, with the service that {@code TRANSLATION} names. */
@ApplicationScoped
public class TranslationProducer {
    @Produces
    @Singleton
    Translations translations(
            Settings settings,
            ArchiveFolders folders,
            ContainerThreads threads,
            TranslationObserver observer,
            @ByAmazon Instance<Translator> amazon,
            @ByLibreTranslate Instance<Translator> libreTranslate) {
        TranslationSettings translation = TranslationSettings.from(settings);
        Optional<Translator> translator =
                switch (translation.engine()) {
                    case TranslationSettings.AMAZON -> Optional.of(amazon.get());
                    case TranslationSettings.LIBRETRANSLATE -> Optional.of(libreTranslate.get());
                    default -> Optional.empty();
                };
        ScheduledExecutorService timer = threads.timer("translation", 1);
        Optional<Path> day =
                translator.map(used -> folders.journal().resolve("translation").resolve("characters"));
        return new Translations(
                translation,
                translator,
                new DailyCharacters(translation.dailyCharacters(), day, InstantSource.system(), timer),
                timer,
                observer);
    }
}
