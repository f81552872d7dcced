package dev.steno.audience;

import dev.steno.files.PrivateFiles;
import dev.steno.files.WholeFiles;
import dev.steno.transcript.SessionId;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One private file for each link, beside the journals. A user who can read these files can read the words in the
 * journals as well, so tokens are stored as they are. A link that cannot be written is forgotten at the next restart.
 */
final class LinkFolder implements LinkStore {
    private static final System.Logger LOG = System.getLogger(LinkFolder.class.getName());

    private final Path folder;
    private final Executor writer;

    /** @param writer runs the writes, which block, one after another */
    LinkFolder(Path folder, Executor writer) {
        this.folder = folder;
        this.writer = writer;
    }

    @Override
    public List<Entry> load() {
        List<Entry> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                read(file).ifPresent(entries::add);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The links in {0} cannot be read; they are dead: {1}", folder, e);
        }
        return entries;
    }

    @Override
    public void save(Entry entry) {
        later(() -> write(entry));
    }

    @Override
    public void delete(String token) {
        later(() -> Files.deleteIfExists(file(token)));
    }

    private Path file(String token) {
        return folder.resolve(token + ".json");
    }

    private void write(Entry entry) throws IOException {
        PrivateFiles.createFolders(folder);
        String json = Json.object(generator -> {
            generator
                    .write("token", entry.token())
                    .write("room", entry.room())
                    .write("session", entry.session().toString())
                    .write("state", entry.state().name())
                    .write("changed_at", entry.changedAt());
            entry.key().ifPresent(key -> generator.write("key", key));
        });
        WholeFiles.replace(file(entry.token()), json.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Entry> read(Path file) {
        try (JsonReader reader = JsonProvider.provider().createReader(new StringReader(Files.readString(file)))) {
            JsonObject json = reader.readObject();
            String token = json.getString("token");
            return Optional.of(new Entry(
                            token,
                            json.getBoolean("room"),
                            SessionId.parse(json.getString("session")),
                            State.valueOf(json.getString("state")),
                            json.getJsonNumber("changed_at").longValueExact(),
                            Optional.ofNullable(json.getString("key", null))))
                    .filter(entry -> Tokens.isToken(token));
        } catch (IOException
                | JsonException
                | IllegalArgumentException
                | ArithmeticException
                | NullPointerException
                | ClassCastException e) { // whatever somebody put there
            LOG.log(Level.WARNING, "{0} is no link and is passed over: {1}", file, e.toString());
            return Optional.empty();
        }
    }

    private void later(Write write) {
        try {
            writer.execute(() -> {
                try {
                    write.run();
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "A link cannot be remembered in {0}; a restart forgets it: {1}", folder, e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The server takes no more tasks: it is going down.", e);
        }
    }

    /** One change of the folder. */
    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
