package dev.steno.page;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFilesServletTest {
    private static final String SCRIPT = "/** Says hello. */\nexport const hello = 1; // stays\n".repeat(20);

    private final Map<String, String> files = new HashMap<>(Map.of(
            "/index.html", "<link href=\"css/page.css\"><script src=\"js/app.js\"></script>",
            "/js/app.js", SCRIPT,
            "/css/page.css", "/* all */\np { margin: 0; }\n"));
    private final Map<String, String> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = 200;

    @Test
    void a_file_is_sent_without_comments_and_with_its_content_as_validator() throws Exception {
        send(servlet(), "/js/app.js");
        assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo("\nexport const hello = 1; // stays\n".repeat(20));
        assertThat(headers.get("ETag")).matches("\"[\\w-]{43}\"");
        assertThat(headers)
                .containsEntry("Cache-Control", "no-cache")
                .containsEntry("Vary", "Accept-Encoding")
                .containsEntry("Content-Type", "text/javascript;charset=UTF-8");
    }

    @Test
    void it_is_compressed_for_those_who_take_that() throws Exception {
        send(servlet(), "/js/app.js");
        String plain = body.toString(StandardCharsets.UTF_8);
        requestHeaders.put("Accept-Encoding", "gzip, br");
        send(servlet(), "/js/app.js");
        assertThat(headers).containsEntry("Content-Encoding", "gzip");
        assertThat(headers.get("ETag")).startsWith("W/\"");
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(body.toByteArray()))) {
            assertThat(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(plain);
        }
        assertThat(headers.get("Content-Length")).isEqualTo(Integer.toString(body.size()));
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, true",
        "'gzip, br', true",
        "'br;q=1.0, gzip;q=0.8', true",
        "*, true",
        "br, false",
        "gzip;q=0, false",
        "'gzip; q=0.0, br', false",
        "identity, false"
    })
    void an_encoding_is_taken_at_its_word(String accepted, boolean compressed) throws Exception {
        requestHeaders.put("Accept-Encoding", accepted);
        send(servlet(), "/js/app.js");
        assertThat(headers.containsKey("Content-Encoding")).isEqualTo(compressed);
    }

    @Test
    void the_page_has_the_name_of_its_first_clients_too() throws Exception {
        PageFilesServlet servlet = servlet();
        send(servlet, "/");
        String page = body.toString(StandardCharsets.UTF_8);
        send(servlet, "/simple_client.html");
        assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo(page);
    }

    @Test
    void other_sites_may_use_the_scripts_and_nothing_else() throws Exception {
        PageFilesServlet servlet = servlet();
        send(servlet, "/js/app.js");
        assertThat(headers).containsEntry("Access-Control-Allow-Origin", "*");
        send(servlet, "/");
        assertThat(headers).doesNotContainKey("Access-Control-Allow-Origin");
    }

    @Test
    void a_browser_that_has_the_file_is_not_sent_it_again() throws Exception {
        PageFilesServlet servlet = servlet();
        requestHeaders.put("Accept-Encoding", "gzip");
        send(servlet, "/js/app.js");
        requestHeaders.put("If-None-Match", headers.get("ETag"));
        send(servlet, "/js/app.js");
        assertThat(status).isEqualTo(304);
        assertThat(body.size()).isZero();
    }

    @Test
    void a_document_names_the_build_and_what_it_names_is_kept_for_good() throws Exception {
        PageFilesServlet servlet = servlet();
        send(servlet, "/");
        String address =
                body.toString(StandardCharsets.UTF_8).replaceAll("(?s).*src=\"(v/[\\w-]{12}/js/app.js)\".*", "$1");
        assertThat(headers).containsEntry("Cache-Control", "no-cache");
        send(servlet, "/" + address);
        assertThat(headers.get("Cache-Control")).contains("immutable");
        assertThat(body.size()).isPositive();
    }

    @Test
    void a_document_names_all_modules_that_its_script_needs() throws Exception {
        files.put("/index.html", "<script type=\"module\" src=\"js/app.js\"></script>");
        files.put("/js/app.js", "import { a } from \"./a.js\";\nimport(\"./later.js\");\n");
        files.put("/js/a.js", "export { b } from \"./words/b.js\";\n");
        files.put("/js/words/b.js", "export const b = 1;\n");
        send(servlet(), "/");
        assertThat(body.toString(StandardCharsets.UTF_8))
                .containsPattern("modulepreload\" href=\"v/[\\w-]{12}/js/a\\.js\"")
                .containsPattern("modulepreload\" href=\"v/[\\w-]{12}/js/words/b\\.js\"")
                .doesNotContain("later.js");
    }

    @Test
    void a_new_build_has_new_addresses_and_the_old_ones_are_not_kept() throws Exception {
        send(servlet(), "/");
        String old = body.toString(StandardCharsets.UTF_8).replaceAll(".*src=\"(v/[\\w-]{12}/js/app.js)\".*", "$1");
        files.put("/js/app.js", "export const hello = 2;");
        send(servlet(), "/");
        assertThat(body.toString(StandardCharsets.UTF_8)).doesNotContain(old);
        send(servlet(), "/" + old);
        assertThat(headers).containsEntry("Cache-Control", "no-store");
        assertThat(body.toString(StandardCharsets.UTF_8)).contains("hello = 2");
    }

    @Test
    void what_is_not_there_and_what_is_no_file_of_the_page_are_not_found() throws Exception {
        for (String path :
                new String[] {"/js/none.js", "/v/x/WEB-INF/web.xml", "/v/x/js/../../WEB-INF/a.js", "/js/app.class"}) {
            send(servlet(), path);
            assertThat(status).as(path).isEqualTo(404);
        }
    }

    /** Of all that the page really has: only comments go, and every line stays in its place. */
    @Test
    void nothing_but_comments_is_taken_from_the_pages_own_code() throws IOException {
        for (Path file : code()) {
            String source = Files.readString(file);
            String sent = PageFile.withoutComments(source);
            assertThat(sent.lines().count())
                    .as("lines of %s", file)
                    .isEqualTo(source.lines().count());
            assertThat(withoutEmptyLines(sent)).as("%s", file).isEqualTo(withoutEmptyLines(byLines(source)));
        }
    }

    /** Another way to the same: line by line. */
    private static String byLines(String source) {
        StringBuilder kept = new StringBuilder();
        boolean inside = false;
        for (String line : source.split("\n", -1)) {
            String text = line.strip();
            boolean begins = !inside && text.startsWith("/*");
            boolean isComment =
                    inside || (begins && (!text.contains("*/") || text.endsWith("*/"))) || text.startsWith("//");
            inside = (begins || inside) && !text.contains("*/");
            kept.append(isComment ? "" : line).append('\n');
        }
        return kept.toString();
    }

    private static String withoutEmptyLines(String code) {
        return code.lines().filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }

    private static Iterable<Path> code() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/main/webapp"))) {
            return all.filter(file -> file.toString().matches(".*\\.(js|css)"))
                    .filter(file -> !file.toString().contains("/js/lib/"))
                    .toList();
        }
    }

    private PageFilesServlet servlet() throws Exception {
        PageFilesServlet servlet = new PageFilesServlet();
        ServletContext context = fake(ServletContext.class, (called, arguments) -> {
            String path = (String) arguments[0];
            if (called.getName().equals("getResourcePaths")) {
                return files.keySet().stream()
                        .filter(file -> file.startsWith(path))
                        .collect(Collectors.toCollection(TreeSet::new));
            }
            String content = files.get(path);
            return content == null ? null : new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        });
        servlet.init(fake(
                ServletConfig.class,
                (called, arguments) -> called.getName().equals("getServletContext") ? context : null));
        return servlet;
    }

    private void send(PageFilesServlet servlet, String path) throws Exception {
        headers.clear();
        body = new ByteArrayOutputStream();
        HttpServletRequest request = fake(HttpServletRequest.class, (called, arguments) -> switch (called.getName()) {
            case "getServletPath" -> path;
            case "getMethod" -> "GET";
            case "getHeader" -> requestHeaders.get((String) arguments[0]);
            default -> null;
        });
        HttpServletResponse response = fake(HttpServletResponse.class, this::answer);
        servlet.service(request, response);
    }

    private Object answer(Method called, Object... arguments) {
        switch (called.getName()) {
            case "setStatus", "sendError" -> status = (int) arguments[0];
            case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
            case "setContentLength" -> headers.put("Content-Length", arguments[0].toString());
            case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
            case "getOutputStream" -> {
                return new Body(body);
            }
            default -> throw new AssertionError(called);
        }
        return null;
    }

    private static final class Body extends ServletOutputStream {
        private final ByteArrayOutputStream content;

        private Body(ByteArrayOutputStream content) {
            this.content = content;
        }

        @Override
        public void write(int value) {
            content.write(value);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    }

    private interface Answer {
        Object to(Method called, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) -> answer.to(called, arguments)));
    }
}
