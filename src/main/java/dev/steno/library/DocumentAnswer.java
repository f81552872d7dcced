package dev.steno.library;

import dev.steno.archive.DocumentFormat;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Answers with one document of a transcript: with its revision, in part where a part is asked for, or not again. */
final class DocumentAnswer {
    private DocumentAnswer() {}

    static Response of(StoredDocuments.Stored stored, RequestedDocument requested, HttpHeaders headers) {
        String revision = stored.archived().revision();
        String known = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (known != null && Revisions.match(known, revision)) {
            return headed(Response.notModified(), revision).build();
        }
        byte[] content = content(stored, requested.format()).getBytes(StandardCharsets.UTF_8);
        String condition = headers.getHeaderString("If-Range");
        boolean whole = condition != null && !Revisions.entityTag(revision).equals(condition.strip());
        Response.ResponseBuilder response = whole
                ? Response.ok(content)
                : ByteRange.parse(headers.getHeaderString("Range"), content.length)
                        .map(range -> partial(content, range))
                        .orElseGet(() -> Response.ok(content));
        return headed(response, revision)
                .type(requested.format().contentType())
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, requested.disposition())
                .build();
    }

    private static Response.ResponseBuilder partial(byte[] content, ByteRange range) {
        byte[] part = Arrays.copyOfRange(content, (int) range.first(), (int) range.last() + 1);
        return Response.status(Response.Status.PARTIAL_CONTENT)
                .header("Content-Range", range.contentRange(content.length))
                .entity(part);
    }

    private static String content(StoredDocuments.Stored stored, DocumentFormat format) {
        if (format == DocumentFormat.JSON) {
            return stored.json();
        }
        TranscriptDocument document = stored.document();
        return format.words(document.transcript(), document.speakers());
    }

    static Response.ResponseBuilder headed(Response.ResponseBuilder response, String revision) {
        return response.header(HttpHeaders.ETAG, Revisions.entityTag(revision))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }
}
