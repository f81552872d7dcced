package dev.steno.library;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.TranscriptStem;
import dev.steno.library.LibraryAccess.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code /transcripts}: the archive as REST resources. {@code openapi.json} describes them. */
@ApplicationScoped
@Path("/")
public class TranscriptsResource {
    private static final String JSON = "application/json;charset=utf-8";

    /** Of the server's threads, so that a bucket that hangs leaves enough of them for everything else. */
    private static final int AT_ONCE = 8;

    /** Every segment of hours, corrected at once. */
    private static final int LONGEST_EDIT = 4 << 20;

    private static final long PATIENCE_SECONDS = 2;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Library library;
    private final LibraryAccess access;
    private final ExpectedTranscripts expected;

    public TranscriptsResource() { // for the proxy of the container; public, because RESTEasy wants one that is
        library = null;
        access = null;
        expected = null;
    }

    @Inject
    public TranscriptsResource(Library library, LibraryAccess access, ExpectedTranscripts expected) {
        this.library = library;
        this.access = access;
        this.expected = expected;
    }

    @GET
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri) throws ArchiveException {
        Scope scope = access.scope(request);
        ListQuery query = ListQuery.of(uri.getQueryParameters()::getFirst);
        return inTurn(() -> Response.ok(library.list(query, scope) + "\n", JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build());
    }

    @GET
    @Path("{name}")
    public Response transcript(
            @Context HttpServletRequest request, @Context HttpHeaders headers, @PathParam("name") String name)
            throws ArchiveException {
        Scope scope = access.scope(request);
        Optional<TranscriptStem> audio = AudioAnswer.stem(name);
        if (audio.isPresent()) {
            return inTurn(() -> {
                StoredDocuments.Stored stored = library.open(audio.get(), scope);
                return AudioAnswer.of(stored, library.audio(stored), headers);
            });
        }
        RequestedDocument requested = RequestedDocument.parse(name);
        try {
            return inTurn(() -> DocumentAnswer.of(library.open(requested.stem(), scope), requested, headers));
        } catch (Problem e) {
            throw e.status() == 404 && expected.isExpected(requested.stem(), scope.owner()) ? Problem.notYet() : e;
        }
    }

    @PATCH
    @Path("{stem}")
    @Consumes("application/json")
    public Response edit(
            @Context HttpServletRequest request,
            @Context HttpHeaders headers,
            @PathParam("stem") String name,
            InputStream body)
            throws ArchiveException, IOException {
        Scope scope = access.scope(request);
        TranscriptStem stem = TranscriptStem.parse(name).orElseThrow(Problem::notFound);
        TranscriptPatch patch = TranscriptPatch.parse(read(body));
        String condition = headers.getHeaderString(HttpHeaders.IF_MATCH);
        return inTurn(() -> {
            StoredDocuments.Stored edited = library.edit(stem, scope, condition, patch);
            return DocumentAnswer.headed(
                            Response.ok(edited.json(), JSON), edited.archived().revision())
                    .build();
        });
    }

    private static String read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LONGEST_EDIT + 1);
        if (bytes.length > LONGEST_EDIT) {
            throw new Problem(413, "Content Too Large", "An edit may have " + LONGEST_EDIT + " bytes at most.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @DELETE
    @Path("{stem}")
    public Response delete(
            @Context HttpServletRequest request, @Context HttpHeaders headers, @PathParam("stem") String name)
            throws ArchiveException {
        Scope scope = access.scope(request);
        TranscriptStem stem = TranscriptStem.parse(name).orElseThrow(Problem::notFound);
        String condition = headers.getHeaderString(HttpHeaders.IF_MATCH);
        return inTurn(() -> {
            library.delete(stem, scope, condition);
            return Response.noContent().build();
        });
    }

    /** What waits for the archive. */
    @FunctionalInterface
    private interface Work {
        Response answer() throws ArchiveException;
    }

    private Response inTurn(Work work) throws ArchiveException {
        boolean mine = false;
        try {
            mine = places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!mine) {
                throw Problem.unavailable("Too many requests wait for the archive. Try again in a moment.");
            }
            return work.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The server goes down.");
        } finally {
            if (mine) {
                places.release();
            }
        }
    }
}
