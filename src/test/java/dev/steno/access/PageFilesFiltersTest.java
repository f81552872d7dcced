package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PageFilesFiltersTest {
    private final Map<String, String> files = new HashMap<>(Map.of("/index.html", "old", "/js/app.js", "old script"));
    private final Map<String, String> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int status = 200;
    private HttpServletRequest served;

    @Test
    void every_answer_says_how_little_the_page_needs() throws Exception {
        send(new SecurityHeadersFilter(), "/info");
        assertThat(headers).containsAllEntriesOf(SecurityHeadersFilter.HEADERS);
        assertThat(headers.get("Content-Security-Policy"))
                .startsWith("default-src 'none';")
                .doesNotContain("unsafe", "*", "data:");
        assertThat(served).isNotNull();
    }

    @Test
    void a_file_has_its_content_as_validator_whatever_the_server_says() throws Exception {
        send(currentFiles(), "/js/app.js");
        assertThat(headers.get("ETag")).matches("\"[\\w-]{43}\"");
        assertThat(headers.get("Cache-Control")).isEqualTo("no-cache");
        assertThat(headers).doesNotContainKey("Last-Modified");
    }

    @Test
    void a_browser_that_has_the_file_is_not_sent_it_again() throws Exception {
        CurrentFilesFilter filter = currentFiles();
        send(filter, "/");
        requestHeaders.put("If-None-Match", "W/" + headers.get("ETag")); // as a compressing proxy makes it
        served = null;
        send(filter, "/index.html");
        assertThat(status).isEqualTo(304);
        assertThat(served).isNull();
    }

    @Test
    void a_file_of_the_same_size_and_time_in_a_new_deployment_is_sent() throws Exception {
        send(currentFiles(), "/");
        requestHeaders.put("If-None-Match", headers.get("ETag"));
        requestHeaders.put("If-Modified-Since", "Sun, 01 Nov 2026 00:00:00 GMT");
        files.put("/index.html", "new");
        send(currentFiles(), "/");
        assertThat(status).isEqualTo(200);
        assertThat(served.getHeader("If-None-Match")).isNull();
        assertThat(served.getHeader("If-Modified-Since")).isNull();
        assertThat(served.getDateHeader("If-Modified-Since")).isEqualTo(-1);
    }

    @Test
    void a_file_that_is_not_there_is_left_to_the_server() throws Exception {
        send(currentFiles(), "/js/none.js");
        assertThat(headers).containsEntry("ETag", "the server's");
        assertThat(served).isNotNull();
    }

    private CurrentFilesFilter currentFiles() throws Exception {
        CurrentFilesFilter filter = new CurrentFilesFilter();
        ServletContext context = fake(ServletContext.class, (method, arguments) -> {
            String content = files.get((String) arguments[0]);
            return content == null ? null : new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        });
        filter.init(fake(FilterConfig.class, (method, arguments) -> context));
        return filter;
    }

    private void send(HttpFilter filter, String path) throws Exception {
        HttpServletRequest request = fake(HttpServletRequest.class, (method, arguments) -> switch (method.getName()) {
            case "getServletPath" -> path;
            case "getHeader" -> requestHeaders.get((String) arguments[0]);
            case "getDateHeader" -> 0L;
            default -> null;
        });
        HttpServletResponse response = fake(HttpServletResponse.class, (method, arguments) -> {
            if (method.getName().equals("setStatus")) {
                status = (int) arguments[0];
            } else {
                headers.put((String) arguments[0], arguments[1].toString());
            }
            return null;
        });
        FilterChain server = (sent, answer) -> {
            served = (HttpServletRequest) sent;
            ((HttpServletResponse) answer).setHeader("ETag", "the server's");
            ((HttpServletResponse) answer).setDateHeader("Last-Modified", 0);
        };
        filter.doFilter(request, response, server);
    }

    private interface Answer {
        Object to(Method method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method, arguments)));
    }
}
