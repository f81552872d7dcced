package dev.steno.audience;

import dev.steno.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.UUID;

/** The secret from which the links of rooms are made: a private file, made once, so that links survive a restart. */
final class ServerKey {
    private static final int BYTES = 32;

    private ServerKey() {}

    /** @return the key in this file, which is made if it is missing; of two processes that make it, both get the same one */
    static byte[] in(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != BYTES) {
            throw new IOException(file + " does not hold " + BYTES + " bytes; delete it, and rooms get new links");
        }
        return key;
    }

    private static void create(Path file) throws IOException {
        PrivateFiles.createFolders(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        try (FileChannel channel = PrivateFiles.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(key));
            channel.force(true);
        }
        try {
            publish(fresh, file);
            PrivateFiles.forceFolder(file.getParent());
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** A link fails if another process was faster; a file system without links makes do with a move. */
    private static void publish(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // the other process's key is as good
        } catch (IOException | UnsupportedOperationException e) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
