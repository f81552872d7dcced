package dev.steno.protocol;

import dev.steno.session.TranscriptionSessions;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;

/** Opens every {@link Door} when the application starts. */
@WebListener
public class Doors implements ServletContextListener {
    @Inject
    @Any
    private Instance<Door> doors;

    @Inject
    private TranscriptionSessions sessions;

    @Inject
    private DoorObserver observer;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServerContainer container =
                (ServerContainer) event.getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
        doors.forEach(door -> open(container, door));
    }

    private void open(ServerContainer container, Door door) {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(DoorEndpoint.class, door.path())
                .subprotocols(door.subprotocols())
                .build();
        config.getUserProperties().put(DoorEndpoint.DOOR, door);
        config.getUserProperties().put(DoorEndpoint.SESSIONS, sessions);
        config.getUserProperties().put(DoorEndpoint.OBSERVER, observer);
        try {
            container.addEndpoint(config);
        } catch (DeploymentException e) {
            throw new IllegalStateException("The server does not open " + door.path() + ".", e);
        }
    }
}
