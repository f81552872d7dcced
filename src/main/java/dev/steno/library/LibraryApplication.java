package dev.steno.library;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Maps the resources to one path, so that the page, its files and the WebSocket keep theirs. */
@ApplicationPath("/transcripts")
public class LibraryApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(TranscriptsResource.class, ProblemMapper.class, RefusalMapper.class, FaultMapper.class);
    }

    /** Jersey (Payara, GlassFish) would also describe itself in WADL; {@code openapi.json} does that. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
