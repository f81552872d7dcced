package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steno.testing.Handshake;
import dev.steno.testing.Proxy;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.CookieManager;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Behind proxies that say more, or less, than Steno would like: HAProxy's lines of its own, other paths than Steno's.
 */
class ProxyIT {
    /** With what MicroProfile Config would expand, and each server in another way. */
    private static final String SECRET = "Pa$$w0rd${HOME}-\\x-0123456789";

    private static final String FORGED = "198.51.100.9";

    @TempDir
    private static Path folder;

    private static StenoProcess steno;

    @BeforeAll
    static void start() {
        steno = StenoProcess.start(
                        folder,
                        "/steno",
                        Map.of(
                                "TRANSCRIPTION_ENGINE", "amazon-transcribe",
                                "AUTH_MODE", "token",
                                "AUTH_TOKENS", "alice:" + SECRET,
                                "TRUSTED_PROXIES", "127.0.0.1"))
                .awaitOk("healthz/live");
    }

    @AfterAll
    static void stop() {
        steno.close();
    }

    /** The client from 127.0.0.2, which is no trusted proxy. */
    @Test
    void knows_the_caller_behind_haproxy_whatever_the_caller_says() throws IOException {
        assumeTrue(Proxy.hasHaproxy(), "There is no haproxy here (Debian: haproxy)");
        InetAddress caller = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        assumeTrue(isHere(caller), "This system has no second loopback address");
        try (Proxy haproxy = Proxy.haproxy(folder, steno.base())) {
            URI base = haproxy.base().resolve(steno.base().getPath());
            assertThat(Handshake.with(base)
                            .header("X-Forwarded-For", FORGED)
                            .from(caller)
                            .status())
                    .isEqualTo(401);
            steno.awaitLog("Refused a handshake from 127.0.0.2");
            assertThat(steno.log()).doesNotContain(FORGED);
        }
    }

    /** The bytes that HAProxy sends, where there is none. */
    @Test
    void reads_two_lines_of_a_header_as_one_list() {
        assertThat(Handshake.with(steno.base())
                        .header("X-Forwarded-For", FORGED)
                        .header("X-Forwarded-For", "203.0.113.7")
                        .status())
                .isEqualTo(401);
        steno.awaitLog("Refused a handshake from 203.0.113.7");
        assertThat(steno.log()).doesNotContain(FORGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/steno/", "/speech/", "/"})
    void keeps_a_browser_signed_in_at_whatever_path_the_proxy_has(String path) throws Exception {
        assumeTrue(Proxy.hasNginx(), "There is no nginx here (Debian: nginx-light)");
        try (Proxy nginx = Proxy.nginx(folder, steno.base())) {
            URI base = nginx.base().resolve(path);
            CookieManager cookies = new CookieManager();
            HttpClient browser = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1) // it would ask for HTTP/2, and nginx pass the question on
                    .cookieHandler(cookies)
                    .build();
            assertThat(signIn(browser, base, SECRET)).isEqualTo(204);
            assertThat(signedIn(browser, base)).isTrue();
            List<String> cookie = cookies.get(base.resolve("ws"), Map.of()).get("Cookie");
            assertThat(Handshake.with(base)
                            .header("Cookie", String.join("; ", cookie))
                            .status())
                    .isEqualTo(101);
            assertThat(Handshake.with(base).status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/steno/", "/speech/", "/"})
    void shares_links_at_the_path_that_browsers_see(String path) throws Exception {
        assumeTrue(Proxy.hasNginx(), "There is no nginx here (Debian: nginx-light)");
        try (Proxy nginx = Proxy.nginx(folder, steno.base());
                StenoClient client = StenoClient.connectAs(nginx.base().resolve(path), SECRET)) {
            client.control("share");
            URI link = URI.create(client.await("share").getString("url"));
            assertThat(link.toString())
                    .startsWith(nginx.base().resolve(path + "live/").toString());
            assertThat(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void logs_failed_sign_ins_and_slows_them_down() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 10; i++) {
            assertThat(signIn(client, steno.base(), "a-guess-of-twenty-characters"))
                    .isEqualTo(401);
        }
        assertThat(signIn(client, steno.base(), "a-guess-of-twenty-characters")).isEqualTo(429);
        steno.awaitLog("Refused a sign-in from 198.18.0.1: The token is not one of AUTH_TOKENS.");
        assertThat(steno.log()).doesNotContain("a-guess", SECRET);
    }

    /** Of those behind the same address, whom it knows are not locked out. */
    @Test
    void slows_down_who_guesses_tokens_in_handshakes_and_requests() throws Exception {
        assertThat(handshake("198.18.0.2", SECRET)).isEqualTo(101);
        int status = 401;
        for (int guesses = 0; status == 401; guesses++) {
            assertThat(guesses).isLessThan(100);
            status = handshake("198.18.0.2", "a-guess-of-twenty-characters");
        }
        assertThat(status).isEqualTo(429);
        HttpRequest list = HttpRequest.newBuilder(steno.base().resolve("transcripts"))
                .header("Authorization", "Bearer a-guess-of-twenty-characters")
                .header("X-Forwarded-For", "198.18.0.2")
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(list, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(429);
        assertThat(handshake("198.18.0.2", SECRET)).isEqualTo(101);
        assertThat(handshake("203.0.113.9", SECRET)).isEqualTo(101);
        steno.awaitLog("Refused a handshake from 198.18.0.2");
        assertThat(steno.log()).doesNotContain("a-guess", SECRET);
    }

    private static int handshake(String address, String token) {
        return Handshake.with(steno.base())
                .header("X-Forwarded-For", address)
                .header("Authorization", "Bearer " + token)
                .status();
    }

    /** From an address of its own, so that no other test has to wait. */
    private static int signIn(HttpClient client, URI base, String token) throws Exception {
        String address = token.equals(SECRET) ? "203.0.113.8" : "198.18.0.1";
        HttpRequest request = HttpRequest.newBuilder(base.resolve("sign-in"))
                .header("Authorization", "Bearer " + token)
                .header("X-Forwarded-For", address)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static boolean signedIn(HttpClient client, URI base) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("info")).build();
        String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return Json.createReader(new StringReader(body)).readObject().getBoolean("signed_in");
    }

    private static boolean isHere(InetAddress address) {
        try (DatagramSocket socket = new DatagramSocket(0, address)) {
            return socket.isBound();
        } catch (SocketException e) {
            return false;
        }
    }
}
