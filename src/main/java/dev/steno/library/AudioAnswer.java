package dev.steno.library;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchivedAudio;
import dev.steno.archive.TranscriptDocuments;
import dev.steno.archive.TranscriptStem;
import dev.steno.transcript.AudioFormat;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Answers with the audio of a transcript: whole, or the part that a player asks for. It has an entity tag of its own,
 * because it stays the same when the words are corrected.
 */
final class AudioAnswer {
    private static final String END = "." + TranscriptDocuments.AUDIO;

    /**
     * What a player gets of a range at once, as RFC 9110 permits: 30 seconds, which a connection's buffers take at
     * once. A browser asks for everything up to the end, reads no further than it plays, and asks again for the rest.
     */
    private static final long PLAYER_BYTES = 30L * AudioFormat.BYTES_PER_SECOND;

    /**
     * Longer answers hold a thread of the server until the client has read them: a few of those that Payara Micro has.
     */
    private static final Semaphore LONG_ANSWERS = new Semaphore(8);

    private static final long PATIENCE_SECONDS = 2;

    private static final int BUFFER = 16 * 1024;

    private static final System.Logger LOG = System.getLogger(AudioAnswer.class.getName());

    private static final Set<String> PLAYERS = Set.of("audio", "video");

    private AudioAnswer() {}

    /** What a name stands for, if it is that of audio. */
    static Optional<TranscriptStem> stem(String name) {
        return name.endsWith(END)
                ? TranscriptStem.parse(name.substring(0, name.length() - END.length()))
                : Optional.empty();
    }

    static Response of(StoredDocuments.Stored stored, ArchivedAudio audio, HttpHeaders headers)
            throws ArchiveException {
        String revision = revision(stored, audio);
        String known = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (known != null && Revisions.match(known, revision)) {
            return DocumentAnswer.headed(Response.notModified(), revision).build();
        }
        Optional<ByteRange> range = range(audio.bytes(), revision, headers);
        ByteRange part = range.orElse(new ByteRange(0, audio.bytes() - 1));
        Response.ResponseBuilder response =
                Response.status(range.isPresent() ? Response.Status.PARTIAL_CONTENT : Response.Status.OK);
        range.ifPresent(asked -> response.header("Content-Range", asked.contentRange(audio.bytes())));
        return DocumentAnswer.headed(response, revision)
                .type(TranscriptDocuments.AUDIO_TYPE)
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_LENGTH, part.length())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + stored.archived().stem() + END + "\"")
                .entity(sent(audio, part))
                .build();
    }

    private static Optional<ByteRange> range(long bytes, String revision, HttpHeaders headers) {
        String condition = headers.getHeaderString("If-Range");
        if (condition != null && !Revisions.entityTag(revision).equals(condition.strip())) {
            return Optional.empty();
        }
        Optional<ByteRange> range = ByteRange.parse(headers.getHeaderString("Range"), bytes);
        String reader = headers.getHeaderString("Sec-Fetch-Dest");
        return reader != null && PLAYERS.contains(reader) ? range.map(whole -> whole.first(PLAYER_BYTES)) : range;
    }

    /** Of a stem that was deleted and given again, the session is another. */
    private static String revision(StoredDocuments.Stored stored, ArchivedAudio audio) {
        return stored.document().sessionId().orElse("audio") + "-" + audio.bytes();
    }

    /** Opened when it is sent: for a HEAD request never. */
    private static StreamingOutput sent(ArchivedAudio audio, ByteRange part) {
        return target -> {
            boolean isLong = part.length() > PLAYER_BYTES;
            if (isLong) {
                awaitPlace();
            }
            try (InputStream source = audio.open(part.first(), part.last())) {
                copy(source, target);
            } catch (ArchiveException e) {
                throw new IOException(e);
            } finally {
                if (isLong) {
                    LONG_ANSWERS.release();
                }
            }
        };
    }

    /**
     * A client that went away is no fault: players do it all the time. Thrown on, it would be a stack trace in the
     * server's log.
     *
     * @throws IOException if the source cannot be read; the server then ends the connection, so that nobody takes a
     *     part for the whole
     */
    static void copy(InputStream source, OutputStream target) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
            try {
                target.write(buffer, 0, count);
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "A download of audio was aborted by its client: {0}", e.toString());
                return;
            }
        }
    }

    /** Nothing is sent yet, so there can be another answer. */
    private static void awaitPlace() {
        try {
            if (LONG_ANSWERS.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.unavailable("Too many people download audio at the moment. Try again, or ask for a range.");
    }
}
