package dev.steno.servers;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Payara and GlassFish answer the next request of a connection on which the last response could not be written: if a
 * client reads nothing, each of a hundred requests that it has sent together lets the same thread wait for the write
 * time-out. Requests of a connection that is closed are parsed and dispatched, too, at the cost of those whose client is
 * there.
 */
final class GrizzlyConnections {
    private static final String FACADE = "org.apache.catalina.connector.RequestFacade";
    private static final String REQUEST = "org.apache.catalina.connector.Request";

    private static final String GRIZZLY_REQUEST = "org.glassfish.grizzly.http.server.Request";

    private static final String HTTP_FILTER = "org.glassfish.grizzly.http.HttpServerFilter";

    private static final String NIO_CONNECTION = "org.glassfish.grizzly.nio.NIOConnection";

    /** More than a file of the page has. */
    private static final int MOST_PENDING_BYTES = 65_536;

    /** Grizzly's {@code AsyncQueueWriter.AUTO_SIZE}. */
    private static final int AUTOMATIC_SIZE = -2;

    private static final System.Logger LOG = System.getLogger(GrizzlyConnections.class.getName());

    private static volatile GrizzlyConnections inForce;

    private final Class<?> facade;

    /** From the request's facade to its connection, and what that can do. */
    private final MethodHandle connection;

    private final MethodHandle pending;
    private final MethodHandle setPending;
    private final MethodHandle isOpen;
    private final MethodHandle terminate;
    private final MethodHandle ignoreRest;

    private GrizzlyConnections(Class<?> facade, Class<?> request) throws ReflectiveOperationException {
        this.facade = facade;
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodHandle path = MethodHandles.filterReturnValue(CatalinaRequests.behind(facade), grizzly(request));
        for (String step : new String[] {"getContext", "getConnection"}) {
            Class<?> type = path.type().returnType();
            path = MethodHandles.filterReturnValue(path, lookup.unreflect(type.getMethod(step)));
        }
        Class<?> type = path.type().returnType();
        connection = path.asType(MethodType.methodType(Object.class, Object.class));
        Class<?> nio = Class.forName(NIO_CONNECTION, false, type.getClassLoader());
        pending = lookup.unreflect(nio.getMethod("getMaxAsyncWriteQueueSize"))
                .asType(MethodType.methodType(int.class, Object.class));
        setPending = lookup.unreflect(nio.getMethod("setMaxAsyncWriteQueueSize", int.class))
                .asType(MethodType.methodType(void.class, Object.class, int.class));
        isOpen = lookup.unreflect(type.getMethod("isOpen")).asType(MethodType.methodType(boolean.class, Object.class));
        terminate = lookup.unreflect(type.getMethod("terminateSilently"))
                .asType(MethodType.methodType(void.class, Object.class));
        ignoreRest = ignoreRest(type).asType(MethodType.methodType(void.class, Object.class));
    }

    /**
     * From a connection to nothing: what was read of it and is not parsed yet is dropped. {@code HttpServerFilter} does
     * so if the request in progress, an attribute of the connection, is marked as broken. All have the same one, which
     * belongs to no connection: a real one is used again.
     */
    static MethodHandle ignoreRest(Class<?> type) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> filter = Class.forName(HTTP_FILTER, false, type.getClassLoader());
        Method create = Class.forName(HTTP_FILTER + "$ServerHttpRequestImpl", false, type.getClassLoader())
                .getMethod("create");
        create.setAccessible(true); // public, of a class that is not
        Object broken = create.invoke(null);
        broken.getClass().getMethod("setContentBroken", boolean.class).invoke(broken, true);
        Method attributes = type.getMethod("getAttributes");
        MethodHandle set =
                lookup.unreflect(attributes.getReturnType().getMethod("setAttribute", String.class, Object.class));
        Object name = filter.getField("HTTP_SERVER_REQUEST_ATTR_NAME").get(null);
        return MethodHandles.filterArguments(
                MethodHandles.insertArguments(set, 1, name, broken), 0, lookup.unreflect(attributes));
    }

    /** Payara has it by another name than GlassFish. */
    private static MethodHandle grizzly(Class<?> request) throws ReflectiveOperationException {
        for (Method method : request.getMethods()) {
            if (method.getReturnType().getName().equals(GRIZZLY_REQUEST) && method.getParameterCount() == 0) {
                return MethodHandles.publicLookup().unreflect(method);
            }
        }
        throw new NoSuchMethodException(REQUEST + " leads to no " + GRIZZLY_REQUEST);
    }

    static Mending resolve(ClassLoader server) {
        return Mending.of("connections that failed are closed", () -> {
            Class<?> facade = Class.forName(FACADE, false, server);
            inForce = new GrizzlyConnections(facade, Class.forName(REQUEST, false, server));
        });
    }

    /**
     * Bounds what waits for a client on the connection of a request: sixteen times as much as the buffer of the
     * operating system otherwise, which is megabytes. A response of a thread is not queued beyond that; the thread
     * waits.
     *
     * @param upgrade a WebSocket, which has limits of its own
     */
    static void bound(ServletRequest request, boolean upgrade) {
        int bytes = upgrade ? AUTOMATIC_SIZE : MOST_PENDING_BYTES;
        use(request, (handles, target) -> {
            if ((int) handles.pending.invokeExact(target) != bytes) {
                handles.setPending.invokeExact(target, bytes);
            }
            return target;
        });
    }

    /**
     * Closes the connection of a request at once; what was written and not sent is dropped, and further requests. Only
     * within the request, because its object is used again.
     */
    static void close(ServletRequest request) {
        use(request, (handles, target) -> {
            handles.terminate.invokeExact(target);
            handles.ignoreRest.invokeExact(target);
            return target;
        });
    }

    /**
     * Whether the connection of a request was closed while other requests of it were still to be answered. These are
     * dropped.
     */
    static boolean isClosed(ServletRequest request) {
        Optional<Boolean> closed = use(request, (handles, target) -> {
            boolean open = (boolean) handles.isOpen.invokeExact(target);
            if (!open) {
                handles.ignoreRest.invokeExact(target);
            }
            return !open;
        });
        return closed.orElse(false);
    }

    /** Whether a request came by HTTP/2; where that is off, its preface is a request with the method PRI. */
    static boolean isHttp2(HttpServletRequest request) {
        return isGrizzly(request)
                && request.getProtocol().equals("HTTP/2.0")
                && !request.getMethod().equals("PRI");
    }

    /**
     * Whether the body of a request cannot be read: it asks for HTTP/2, as Java's own client does, and the server,
     * which does not speak it, takes its body for the other protocol, without an end.
     */
    static boolean losesBody(HttpServletRequest request) {
        return isGrizzly(request)
                && "h2c".equalsIgnoreCase(request.getHeader("Upgrade"))
                && !request.getProtocol().equals("HTTP/2.0")
                && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
    }

    /**
     * To be done before a WebSocket is closed: drops what still comes over its connection. Where another thread closes
     * it than the one that reads it, Grizzly would take a frame of the client's for a request, with objects that are
     * used again.
     *
     * @param request that is upgraded; not needed any more when this returns
     */
    static Runnable ignoringRest(ServletRequest request) {
        Optional<Runnable> found = use(request, (handles, target) -> () -> handles.ignoreRest(target));
        return found.orElse(() -> {});
    }

    private void ignoreRest(Object target) {
        try {
            ignoreRest.invokeExact(target);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.DEBUG, "The connection does not let itself be ignored.", e);
        }
    }

    private static boolean isGrizzly(ServletRequest request) {
        GrizzlyConnections handles = inForce;
        return handles != null && handles.facade.isInstance(request);
    }

    /** @return empty on other servers, and if the request has no connection any more */
    private static <T> Optional<T> use(ServletRequest request, Use<T> use) {
        if (!isGrizzly(request)) {
            return Optional.empty();
        }
        GrizzlyConnections handles = inForce;
        try {
            return Optional.of(use.of(handles, (Object) handles.connection.invokeExact((Object) request)));
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.DEBUG, "The connection is not known.", e);
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(GrizzlyConnections handles, Object connection) throws Throwable;
    }
}
