package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.steno.testing.CutProxy;
import dev.steno.testing.Handshake;
import dev.steno.testing.Nginx;
import dev.steno.testing.SelfSigned;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code AUTH_MODE=container} behind a real nginx, with the configurations of {@code docs/examples/nginx} as they are:
 * by password, and by OpenID Connect with something in the place of oauth2-proxy that answers as it does.
 */
@EnabledIf(value = "dev.steno.testing.Nginx#isExpected", disabledReason = Nginx.MISSING)
class NginxIT {
    private static final String ALICE = "alice";
    private static final String BOB = "bob";

    /** One final at its end. */
    private static final byte[] AUDIO = AmazonStandIns.audio(0.4);

    @TempDir
    private static Path folder;

    private static final Map<SignIn, Nginx> PROXIES = new EnumMap<>(SignIn.class);
    /** Ways to them for the WebSocket client, which has no TLS. */
    private static final Map<SignIn, CutProxy> TUNNELS = new EnumMap<>(SignIn.class);

    private static SSLContext tls;
    private static AmazonStandIns amazon;
    private static HttpServer oauth2Proxy;
    private static StenoProcess steno;

    /** How people show who they are. */
    enum SignIn {
        PASSWORD("password.conf", 401) {
            @Override
            Map<String, String> as(String name) {
                String pair = name + ":" + secretOf(name);
                return Map.of(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            }
        },
        OPENID_CONNECT("openid-connect.conf", 302) {
            @Override
            Map<String, String> as(String name) {
                return Map.of("Cookie", "_oauth2_proxy=" + secretOf(name));
            }
        };

        private final String configuration;
        private final int answerToStrangers;

        SignIn(String configuration, int answerToStrangers) {
            this.configuration = configuration;
            this.answerToStrangers = answerToStrangers;
        }

        abstract Map<String, String> as(String name);

        URI base() {
            return PROXIES.get(this).base();
        }

        URI tunnel() {
            return URI.create("http://localhost:" + TUNNELS.get(this).address().getPort() + "/");
        }
    }

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, InterruptedException {
        amazon = new AmazonStandIns();
        steno = StenoProcess.start(
                Files.createDirectory(folder.resolve("steno")),
                amazon.inFolder(
                        "AUTH_MODE",
                        "container",
                        "TRUSTED_PROXIES",
                        "127.0.0.1",
                        "ALLOWED_HOSTS",
                        "localhost",
                        "CALLER_LIMIT",
                        "1"));
        oauth2Proxy = startOauth2Proxy();
        SelfSigned certificate = SelfSigned.create(folder);
        tls = certificate.client();
        for (SignIn signIn : SignIn.values()) {
            Path home = Files.createDirectory(folder.resolve(signIn.name()));
            certificate.writePem(home.resolve("steno.crt"), home.resolve("steno.key"));
            Files.write(
                    home.resolve("steno.htpasswd"),
                    List.of(ALICE + ":{PLAIN}" + secretOf(ALICE), BOB + ":{PLAIN}" + secretOf(BOB)));
            Map<String, String> addresses = new HashMap<>();
            addresses.put("127.0.0.1:8080", steno.base().getAuthority());
            if (signIn == SignIn.OPENID_CONNECT) {
                addresses.put(
                        "127.0.0.1:4180",
                        "127.0.0.1:" + oauth2Proxy.getAddress().getPort());
            }
            Nginx nginx = Nginx.start(home, Path.of("docs/examples/nginx", signIn.configuration), addresses);
            PROXIES.put(signIn, nginx);
            TUNNELS.put(signIn, new CutProxy(nginx.base(), tls.getSocketFactory()));
        }
        steno.awaitOk("healthz/ready");
    }

    @AfterAll
    static void stop() {
        TUNNELS.values().forEach(CutProxy::close);
        PROXIES.values().forEach(Nginx::close);
        oauth2Proxy.stop(0);
        steno.close();
        amazon.close();
    }

    @ParameterizedTest
    @EnumSource
    void lets_nobody_in_who_did_not_sign_in(SignIn signIn) throws Exception {
        assertThat(handshake(signIn).status()).isEqualTo(401);
        assertThat(handshake(signIn).headers(signIn.as("mallory")).status()).isEqualTo(401);
        assertThat(handshake(signIn).header("X-Forwarded-User", ALICE).status()).isEqualTo(401);
        assertThat(get(signIn, "", Map.of()).statusCode()).isEqualTo(signIn.answerToStrangers);
        assertThat(steno.log()).doesNotContain("mallory");
    }

    @ParameterizedTest
    @EnumSource
    void records_for_who_signed_in(SignIn signIn) throws Exception {
        assertThat(get(signIn, "", signIn.as(ALICE)).body()).contains("<html");
        JsonObject info = Json.createReader(
                        new StringReader(get(signIn, "info", signIn.as(ALICE)).body()))
                .readObject();
        assertThat(info.getString("auth_mode")).isEqualTo("container");
        assertThat(info.getBoolean("signed_in")).isTrue();
        try (StenoClient client = connect(
                signIn, ALICE, Map.of("Origin", "https://" + signIn.tunnel().getAuthority()))) {
            AmazonStandIns.send(client, AUDIO);
            client.control("stop");
            client.await("saved");
            assertThat(client.text() + "\n").isEqualTo(AmazonStandIns.text(AUDIO));
            assertThat(client.awaitClose()).isEqualTo(1000);
        }
    }

    /** Steno knows through the proxy that it was called by TLS, and by which name. */
    @ParameterizedTest
    @EnumSource
    void keeps_pages_of_others_out(SignIn signIn) {
        assertThat(asAlice(signIn).header("Origin", origin(signIn, "https")).status())
                .isEqualTo(101);
        assertThat(asAlice(signIn).header("Origin", origin(signIn, "http")).status())
                .isEqualTo(403);
        assertThat(asAlice(signIn).header("Origin", "https://evil.example.com").status())
                .isEqualTo(403);
        assertThat(asAlice(signIn)
                        .header("Origin", "https://evil.example.com")
                        .header("X-Forwarded-Host", "evil.example.com")
                        .status())
                .isEqualTo(403);
    }

    /** Who may have one recording shows by the refusal of the second whose it is. */
    @ParameterizedTest
    @EnumSource
    void is_not_told_another_name_by_the_client(SignIn signIn) {
        Map<String, String> forged = Map.of("X-Forwarded-User", ALICE);
        try (StenoClient alice = begin(connect(signIn, ALICE, Map.of()));
                StenoClient bob = begin(connect(signIn, BOB, forged));
                StenoClient second = connect(signIn, BOB, forged)) {
            second.control("start");
            assertThat(second.awaitError("busy").getString("message")).contains("by " + BOB);
            alice.control("stop");
            bob.control("stop");
            alice.awaitClose();
            bob.awaitClose();
        }
    }

    @ParameterizedTest
    @EnumSource
    void gives_a_recording_back_to_nobody_but_its_owner(SignIn signIn) {
        try (StenoClient alice = begin(connect(signIn, ALICE, Map.of()))) {
            Map<String, String> forged = headers(signIn, BOB);
            forged.put("X-Forwarded-User", ALICE);
            for (Map<String, String> headers : List.of(headers(signIn, BOB), forged)) {
                try (StenoClient bob = alice.resume(signIn.tunnel(), headers)) {
                    bob.awaitError("session_expired");
                    assertThat(bob.awaitClose()).isEqualTo(1008);
                }
            }
            assertThat(alice.isOpen()).isTrue();
            try (StenoClient again = alice.resume(signIn.tunnel(), headers(signIn, ALICE))) {
                assertThat(again.await("session").getBoolean("resumed")).isTrue();
                again.control("stop");
                again.awaitClose();
            }
        }
    }

    /** From another address of this machine, as from another machine if Steno listened there. */
    @Test
    void believes_nobody_who_comes_around_the_proxy() throws IOException {
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        assumeTrue(isHere(elsewhere), "This system has no second loopback address");
        assertThat(around().from(elsewhere).status()).isEqualTo(401);
        assertThat(around().from(InetAddress.getLoopbackAddress()).status())
                .as("the proxy's own address")
                .isEqualTo(101);
    }

    private static Handshake around() {
        return Handshake.with(steno.base(), "localhost").header("X-Forwarded-User", ALICE);
    }

    private static boolean isHere(InetAddress address) {
        try (DatagramSocket socket = new DatagramSocket(0, address)) {
            return socket.isBound();
        } catch (SocketException e) {
            return false;
        }
    }

    private static StenoClient begin(StenoClient client) {
        client.control("start");
        client.await("status");
        return client;
    }

    private static StenoClient connect(SignIn signIn, String name, Map<String, String> more) {
        Map<String, String> headers = headers(signIn, name);
        headers.putAll(more);
        return StenoClient.connect(signIn.tunnel(), "", headers);
    }

    /** Those of a page that was loaded through the proxy. */
    private static Map<String, String> headers(SignIn signIn, String name) {
        Map<String, String> headers = new HashMap<>(signIn.as(name));
        headers.put("Origin", "https://" + signIn.tunnel().getAuthority());
        return headers;
    }

    private static Handshake asAlice(SignIn signIn) {
        return handshake(signIn).headers(signIn.as(ALICE));
    }

    private static Handshake handshake(SignIn signIn) {
        return Handshake.with(signIn.base()).over(tls.getSocketFactory());
    }

    private static String origin(SignIn signIn, String scheme) {
        return scheme + "://" + signIn.base().getAuthority();
    }

    private static HttpResponse<String> get(SignIn signIn, String path, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(signIn.base().resolve(path));
        headers.forEach(request::header);
        return HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String secretOf(String name) {
        return name.equals("mallory") ? "guessed" : name + "-knows-this-secret";
    }

    /** The two answers of oauth2-proxy that nginx asks for. */
    private static HttpServer startOauth2Proxy() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/oauth2/auth", exchange -> {
            List<String> cookies = new ArrayList<>(exchange.getRequestHeaders().getOrDefault("Cookie", List.of()));
            for (String name : List.of(ALICE, BOB)) {
                if (cookies.contains("_oauth2_proxy=" + secretOf(name))) {
                    exchange.getResponseHeaders().set("X-Auth-Request-User", name);
                    exchange.sendResponseHeaders(202, -1);
                    exchange.close();
                    return;
                }
            }
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
