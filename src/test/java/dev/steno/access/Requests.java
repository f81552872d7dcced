package dev.steno.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Requests as a servlet container would hand them over. */
public final class Requests {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new TreeMap<>();
    private String remote = "203.0.113.7";
    private String local = "192.0.2.1";
    private boolean secure;
    private String user;
    private String authority;
    private String contextPath = "";
    private String path = "/ws";
    private String query;

    public static Requests to(String host) {
        return new Requests().header("Host", host);
    }

    /** By a server that shows {@code :authority} in no header. */
    static Requests overHttp2To(String authority) {
        Requests request = new Requests();
        request.authority = authority;
        return request;
    }

    public Requests header(String name, String value) {
        headers.put(name, List.of(value));
        return this;
    }

    /** Beside one of the same name. */
    Requests another(String name, String value) {
        headers.merge(name, List.of(value), (old, more) -> Stream.concat(old.stream(), more.stream())
                .toList());
        return this;
    }

    Requests origin(String origin) {
        return header("Origin", origin);
    }

    Requests from(String address) {
        remote = address;
        return this;
    }

    public Requests onThisMachine() {
        local = "127.0.0.1";
        return from("127.0.0.1");
    }

    Requests at(String path) {
        contextPath = path;
        return this;
    }

    Requests secure() {
        secure = true;
        return this;
    }

    Requests user(String name) {
        user = name;
        return this;
    }

    Requests path(String servletPath) {
        path = servletPath;
        return this;
    }

    Requests parameter(String name, String value) {
        query = name + "=" + value;
        return this;
    }

    public Requests attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    public HttpServletRequest build() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                Requests.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> header(arguments[0]);
                    case "getHeaders" -> Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
                    case "getAttribute" -> attributes.get(arguments[0]);
                    case "getRemoteAddr" -> remote;
                    case "getLocalAddr" -> local;
                    case "getProtocol" -> authority == null ? "HTTP/1.1" : "HTTP/2.0";
                    case "getServerName" ->
                        authority == null ? local : authority.split(":", 2)[0];
                    case "getServerPort" ->
                        authority == null ? 8080 : Integer.valueOf(authority.split(":", 2)[1]);
                    case "getContextPath" -> contextPath;
                    case "getServletPath" -> path;
                    case "getPathInfo" -> null;
                    case "getQueryString" -> query;
                    case "getParameter" ->
                        query != null && query.startsWith(arguments[0] + "=")
                                ? query.substring(query.indexOf('=') + 1)
                                : null;
                    case "isSecure" -> secure;
                    case "getUserPrincipal" -> user == null ? null : (Principal) () -> user;
                    case "getCookies" -> cookies();
                    default ->
                        throw new UnsupportedOperationException(method.getName().toLowerCase(Locale.ROOT));
                });
    }

    private String header(Object name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    private Cookie[] cookies() {
        String cookie = header("Cookie");
        if (cookie == null) {
            return null;
        }
        Stream<Cookie> own = Arrays.stream(cookie.split(";", -1))
                .map(pair -> pair.split("=", 2))
                .map(pair -> new Cookie(pair[0], pair[1]));
        return Stream.concat(Stream.of(new Cookie("other", "x")), own).toArray(Cookie[]::new);
    }
}
