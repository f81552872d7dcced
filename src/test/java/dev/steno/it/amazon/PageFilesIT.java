package dev.steno.it.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.access.SecurityHeadersFilter;
import dev.steno.it.SharedSteno;
import dev.steno.testing.StenoProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files as a real server sends them. */
class PageFilesIT {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StenoProcess steno = SharedSteno.onAmazon();

    @ParameterizedTest
    @ValueSource(strings = {"", "index.html", "js/app.js", "css/page.css", "icon.svg", "simple_client.html"})
    void a_file_is_sent_once_and_confirmed_from_then_on(String path) throws Exception {
        HttpResponse<String> first = get(path);
        String validator = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isNotEmpty();
        assertThat(first.headers().allValues("ETag"))
                .hasSize(1)
                .first()
                .asString()
                .matches("\"[\\w-]{43}\"");
        assertThat(first.headers().allValues("Cache-Control")).containsExactly("no-cache");
        assertThat(first.headers().allValues("Last-Modified")).isEmpty();
        SecurityHeadersFilter.HEADERS.forEach(
                (name, value) -> assertThat(first.headers().allValues(name)).containsExactly(value));

        HttpResponse<byte[]> compressed = http.send(
                HttpRequest.newBuilder(steno.base().resolve(path))
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (first.body().length() > 500) {
            assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(compressed.body().length).isLessThan(first.body().length());
        }

        HttpResponse<String> second = get(path, "If-None-Match", validator);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();

        HttpResponse<String> changed =
                get(path, "If-None-Match", "\"of an older deployment\"", "If-Modified-Since", tomorrow());
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(first.body());
    }

    @Test
    void what_is_no_file_of_the_page_has_the_headers_too() throws Exception {
        assertThat(get("info").headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(get("js/none.js").statusCode()).isEqualTo(404);
        assertThat(get("WEB-INF/classes/dev/steno/Deployment.class").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_file_tells_its_length_without_being_sent() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(steno.base().resolve("css/page.css"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = http.send(head, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(get("css/page.css").body().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void scripts_are_kept_for_good_under_the_name_of_the_build() throws Exception {
        String script = get("").body().replaceAll("(?s).*<script type=\"module\" src=\"([^\"]+)\".*", "$1");
        assertThat(script).startsWith("v/");
        assertThat(get(script).headers().firstValue("Cache-Control").orElseThrow())
                .contains("immutable");
        assertThat(get(script).body()).isEqualTo(get("js/app.js").body());
    }

    private static String tomorrow() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusDays(1));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(steno.base().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
