package dev.steno.library;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.RevisionConflictException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;

/** Tells a caller that the archive is out of reach, and the log why. */
@Provider
public class FaultMapper implements ExceptionMapper<ArchiveException> {
    private static final System.Logger LOG = System.getLogger(FaultMapper.class.getName());

    @Override
    public Response toResponse(ArchiveException fault) {
        if (fault instanceof RevisionConflictException) {
            return Problem.conflict().response();
        }
        LOG.log(Level.WARNING, "The library cannot use the archive: {0}", fault.getMessage());
        return Problem.unavailable("The archive cannot be reached at the moment. The server's log says why.")
                .response();
    }
}
