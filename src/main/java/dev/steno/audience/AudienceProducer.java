package dev.steno.audience;

import dev.steno.archive.ArchiveFolders;
import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.TranslatedTranscripts;
import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.files.KeyFile;
import dev.steno.translation.Translations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Makes the audience. Without a proxy, so that a recording that ends while the server goes down can still tell it. */
@ApplicationScoped
public class AudienceProducer {
    @Produces
    @Singleton
    Audience audience(
            Settings settings,
            ArchiveFolders folders,
            TranslatedTranscripts archive,
            ArchivedTranscripts archived,
            Translations translations,
            AudienceExecutors executors) {
        AudienceSettings audience = AudienceSettings.from(settings);
        Links links = new Links(
                new Tokens(key(audience, folders)),
                executors.deliveries(),
                audience.linger().toNanos(),
                store(audience, folders, executors));
        Audience[] made = new Audience[1];
        made[0] = new Audience(
                audience,
                links,
                translations,
                archive::store,
                new ArchivedFeeds(archived),
                () -> executors.start(now -> made[0].tick(now)));
        return made[0];
    }

    private static LinkStore store(AudienceSettings audience, ArchiveFolders folders, AudienceExecutors executors) {
        return audience.sharing()
                ? new LinkFolder(folders.journal().resolve("sharing").resolve("links"), executors.files())
                : LinkStore.NONE;
    }

    void close(@Disposes Audience audience) {
        audience.close();
    }

    /** Beside the journals. A server that shares nothing leaves no file. */
    private static byte[] key(AudienceSettings audience, ArchiveFolders folders) {
        if (!audience.sharing()) {
            return new SecureRandom().generateSeed(32);
        }
        Path file = folders.journal().resolve("sharing").resolve("key");
        try {
            return KeyFile.readOrCreate(file);
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "JOURNAL_DIR",
                    file.toString(),
                    "a folder in which Steno can keep the key of its links (" + e + ")",
                    e);
        }
    }
}
