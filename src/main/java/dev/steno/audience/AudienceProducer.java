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
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes the audience. Without a proxy, so that a recording that ends while the server goes down can still tell it. */
@ApplicationScoped
public class AudienceProducer {
    private static final Duration KEY_PATIENCE = Duration.ofSeconds(3);

    private static final System.Logger LOG = System.getLogger(AudienceProducer.class.getName());

    @Produces
    @Singleton
    Audience audience(
            Settings settings,
            ArchiveFolders folders,
            TranslatedTranscripts archive,
            ArchivedTranscripts archived,
            Translations translations,
            AudienceExecutors executors,
            SharedFeeds nodes) {
        AudienceSettings audience = AudienceSettings.from(settings);
        Tokens tokens = new Tokens(key(audience, folders));
        if (nodes.shared() && audience.sharing()) {
            agree(tokens, nodes.key(key(audience, folders)));
        }
        Links links = new Links(
                tokens,
                executors.deliveries(),
                audience.linger().toNanos(),
                nodes.shared() ? nodes.links(audience.linger()) : store(audience, folders, executors));
        Audience[] made = new Audience[1];
        made[0] = new Audience(
                audience,
                links,
                translations,
                archive::store,
                new OtherFeeds(links, new ArchivedFeeds(archived), nodes),
                () -> executors.start(now -> made[0].tick(now)));
        return made[0];
    }

    /**
     * Waits a little, so that rooms get the same links at all nodes from the start. Without a store they follow later.
     */
    private static void agree(Tokens tokens, CompletionStage<byte[]> key) {
        try {
            key.thenAccept(tokens::adopt).toCompletableFuture().get(KEY_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(
                    Level.WARNING,
                    "The cluster's store does not answer: until it does, rooms have other links than at other nodes.");
        }
    }

    private static LinkStore store(AudienceSettings audience, ArchiveFolders folders, AudienceExecutors executors) {
        return audience.sharing()
                ? new LinkFolder(folders.journal().resolve("sharing").resolve("links"), executors.files())
                : LinkStore.NONE;
    }

    /** What hears the sessions. */
    @Produces
    @Singleton
    SharedRecordings recordings(Audience audience) {
        return audience.recordings();
    }

    /** Static: at the end some servers cannot make a producer any more. */
    static void close(@Disposes Audience audience) {
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
