package dev.steno;

import dev.steno.access.TicketKey;
import dev.steno.archive.ArchiveFolders;
import dev.steno.cluster.ClusterSettings;
import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.files.KeyFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The key of tickets: {@code AUTH_TICKET_KEY}; or in a cluster one made of what its nodes have in common, the address
 * of the store and its password; or a random one that is kept beside the journals, so that a browser stays signed in
 * when a server with a lasting disk is restarted.
 */
@ApplicationScoped
public class TicketKeyProducer {
    private static final String KEY = "AUTH_TICKET_KEY";

    /** 256 bits in Base64 are 44 characters; a shorter text is no key but a password. */
    private static final int LEAST_LENGTH = 32;

    private static final String FILE = "ticket.key";

    @Produces
    @Singleton
    TicketKey ticketKey(Settings settings, ClusterSettings cluster, ArchiveFolders folders) {
        String configured = settings.secret(KEY).orElse("");
        if (!configured.isEmpty() && configured.length() < LEAST_LENGTH) {
            String allowed = "at least " + LEAST_LENGTH + " characters, for example of openssl rand -base64 32";
            throw new InvalidSettingException(KEY, "(not shown)", allowed);
        }
        return () -> configured.isEmpty()
                ? cluster.url().map(url -> common(url, cluster.name())).orElseGet(() -> kept(folders))
                : configured.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] common(URI store, String cluster) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(("tickets of " + cluster + " at " + store).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static byte[] kept(ArchiveFolders folders) {
        try {
            return KeyFile.readOrCreate(folders.journal().resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("The key of tickets cannot be kept in JOURNAL_DIR. Set " + KEY + ".", e);
        }
    }
}
