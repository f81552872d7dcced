package dev.steno.protocol.files;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of one request, and its file on disk. To be closed. */
final class UploadForm implements MultipartParser.Parts, Closeable {
    /** A prompt, at most. */
    private static final int MOST_FIELD_BYTES = 64 * 1024;

    /** Between looks whether the disk still has room. */
    private static final long LOOK_BYTES = 16L << 20;

    private static final String FILE = "file";

    private final UploadFolder folder;
    private final Map<String, List<String>> fields = new HashMap<>();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private PartHeader header;
    private UploadFile file;
    private String fileName = "";
    private long lookAt = LOOK_BYTES;

    UploadForm(UploadFolder folder) {
        this.folder = folder;
    }

    @Override
    public void begin(PartHeader begun) throws RefusedRequestException, IOException {
        header = begun;
        if (!isFile()) {
            return;
        }
        if (file != null) {
            throw RefusedRequestException.invalid(FILE, "invalid_value", "Send one file at a time.");
        }
        file = folder.create();
        fileName = begun.fileName().orElse("");
    }

    private boolean isFile() {
        return header.name().equals(FILE);
    }

    @Override
    public void content(byte[] bytes, int from, int length) throws RefusedRequestException, IOException {
        if (isFile()) {
            store(bytes, from, length);
        } else if (field.size() + length > MOST_FIELD_BYTES) {
            throw RefusedRequestException.invalid(
                    header.name(),
                    "invalid_value",
                    "A field of the form is longer than " + MOST_FIELD_BYTES + " bytes.");
        } else {
            field.write(bytes, from, length);
        }
    }

    private void store(byte[] bytes, int from, int length) throws RefusedRequestException, IOException {
        if (file.size() + length > folder.limit()) {
            throw RefusedRequestException.tooLarge(folder.limit());
        }
        if (file.size() + length > lookAt) {
            lookAt += LOOK_BYTES;
            if (!folder.hasRoomFor(LOOK_BYTES)) {
                throw RefusedRequestException.unavailable("disk_full", "The server's disk has no room for the file.");
            }
        }
        file.add(bytes, from, length);
    }

    @Override
    public void end() {
        if (!isFile()) {
            fields.computeIfAbsent(header.name(), name -> new ArrayList<>())
                    .add(field.toString(StandardCharsets.UTF_8));
            field.reset();
        }
    }

    /** The last value of a field, as if it was set anew; empty if it is absent or empty. */
    Optional<String> field(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(values.size() - 1)).filter(value -> !value.isBlank());
    }

    /** All values of a field that may come several times, with brackets behind its name or without. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>(fields.getOrDefault(name + "[]", List.of()));
        values.addAll(fields.getOrDefault(name, List.of()));
        return values;
    }

    UploadFile file() throws RefusedRequestException {
        if (file == null) {
            throw RefusedRequestException.invalid(
                    FILE, "missing_required_parameter", "The form has no file: send the audio as the field file.");
        }
        return file;
    }

    /** As the client called it; may be empty. */
    String fileName() {
        return fileName;
    }

    /** Erases the file. Again is the same as once. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
