package dev.steno.servers;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.stream.Collectors;

/** Resolves at the start what this server needs, and says it in the log. */
public final class ServerMendings {
    private static final System.Logger LOG = System.getLogger(ServerMendings.class.getName());

    private ServerMendings() {}

    /** To be called once, before anybody connects. */
    public static void apply(ServletContext application) {
        Object container = application.getAttribute("jakarta.websocket.server.ServerContainer");
        ClassLoader web = loader(application);
        ClassLoader sockets = loader(container == null ? application : container);
        List<Mending> mendings = List.of(
                ServerStart.resolve(application, web),
                UpgradeRequest.resolve(sockets),
                CatalinaRequests.resolve(web),
                GrizzlyConnections.resolve(web),
                TyrusEndpoints.resolve(sockets),
                TyrusIdleTimer.resolve(container),
                LibertyConnections.resolve(sockets),
                UndertowMessages.resolve(sockets));
        LOG.log(
                System.Logger.Level.INFO,
                "Workarounds for {0}, in force: {1}; not needed here: {2}.",
                application.getServerInfo(),
                names(mendings, Mending.State.IN_FORCE),
                names(mendings, Mending.State.NOT_NEEDED));
        for (Mending mending : mendings) {
            mending.misfit()
                    .ifPresent(why -> LOG.log(
                            System.Logger.Level.WARNING,
                            "This version of the server is built otherwise than known, so a defect stays: \"{0}\" is not"
                                    + " in force ({1}). See docs/servers.md.",
                            mending.name(),
                            why));
        }
    }

    private static String names(List<Mending> mendings, Mending.State state) {
        String names = mendings.stream()
                .filter(mending -> mending.state() == state)
                .map(Mending::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private static ClassLoader loader(Object serverObject) {
        return serverObject.getClass().getClassLoader();
    }
}
