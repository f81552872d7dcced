package dev.steno.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A random key in a file for this user alone, made by the first process that needs it. */
public final class KeyFile {
    private static final int BYTES = 32;

    private KeyFile() {}

    /** @throws IOException also if the file holds no key */
    public static byte[] readOrCreate(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != BYTES) {
            throw new IOException("The file " + file + " holds no key of " + BYTES + " bytes; delete it for a new one");
        }
        return key;
    }

    /** Linked into place when it is whole; of two processes that make one, the first one's stays. */
    private static void create(Path file) throws IOException {
        PrivateFiles.createFolders(file.toAbsolutePath().getParent());
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path temporary = WholeFiles.temporary(file);
        WholeFiles.create(temporary, key);
        try {
            Files.createLink(file, temporary);
            PrivateFiles.forceFolder(file.toAbsolutePath().getParent());
        } catch (FileAlreadyExistsException e) {
            return; // another process was faster
        } catch (UnsupportedOperationException | IOException e) { // a file system without links
            Files.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
