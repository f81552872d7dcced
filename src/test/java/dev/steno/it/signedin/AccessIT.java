package dev.steno.it.signedin;

import static dev.steno.it.SharedSteno.ALICE;
import static dev.steno.it.SharedSteno.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.SharedSteno;
import dev.steno.testing.Handshake;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Who may open a WebSocket on the real server: the filter stands before the upgrade. */
class AccessIT {
    private final StenoProcess steno = SharedSteno.signedIn();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void refuses_a_handshake_without_a_token() {
        assertThat(Handshake.with(base()).status()).isEqualTo(401);
        assertThat(Handshake.with(base())
                        .header("Authorization", "Bearer wrong")
                        .status())
                .isEqualTo(401);
        assertThat(asAlice(Handshake.with(base())).status()).isEqualTo(101);
    }

    @Test
    void refuses_pages_of_others_and_rebound_names() {
        assertThat(asAlice(Handshake.with(base()))
                        .header("Origin", "https://evil.example.com")
                        .status())
                .isEqualTo(403);
        assertThat(asAlice(Handshake.with(base())).header("Origin", "null").status())
                .isEqualTo(403);
        assertThat(asAlice(Handshake.with(base(), "rebound.evil.com")).status()).isEqualTo(403);
        assertThat(asAlice(Handshake.with(base()))
                        .header("Origin", "http://" + base().getAuthority())
                        .status())
                .isEqualTo(101);
        assertThat(asAlice(Handshake.with(base()))
                        .header("Origin", "https://app.example.com")
                        .status())
                .isEqualTo(101);
    }

    @Test
    void gives_a_browser_a_ticket_that_scripts_cannot_read() throws Exception {
        assertThat(info("").getBoolean("signed_in")).isFalse();
        assertThat(signIn("wrong-secret-of-nobody").statusCode()).isEqualTo(401);
        HttpResponse<String> answer = signIn(ALICE);
        assertThat(answer.statusCode()).isEqualTo(204);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("SameSite=Strict").doesNotContain(ALICE);
        HttpCookie parsed = HttpCookie.parse(cookie).get(0); // servers write the names of attributes as they like
        assertThat(parsed.isHttpOnly()).isTrue();
        assertThat(cookie).as("the browser's own path counts").doesNotContainIgnoringCase("path=");
        String ticket = cookie.split(";", 2)[0];
        assertThat(Handshake.with(base()).header("Cookie", ticket).status()).isEqualTo(101);
        assertThat(Handshake.with(base()).header("Cookie", ticket + "x").status())
                .isEqualTo(401);
        assertThat(info(ticket).getBoolean("signed_in")).isTrue();
        assertThat(info(ticket).getString("auth_mode")).isEqualTo("token");
    }

    @Test
    void gives_a_recording_back_to_nobody_but_its_owner() {
        try (StenoClient alice = StenoClient.connectAs(base(), ALICE)) {
            alice.control("start");
            alice.await("status");
            try (StenoClient bob = alice.resume(base(), BOB)) {
                bob.awaitError("session_expired");
                assertThat(bob.awaitClose()).isEqualTo(1008);
            }
            assertThat(alice.isOpen()).isTrue();
            try (StenoClient again = alice.resume(base(), ALICE)) {
                assertThat(again.await("session").getBoolean("resumed")).isTrue();
                again.control("stop");
                assertThat(again.awaitClose()).isEqualTo(1000);
            }
            assertThat(steno.log()).doesNotContain(alice.await("session").getString("resume_token"));
        }
    }

    /** The log has a few refusals of an address in a minute: this one, or one of another test. */
    @Test
    void says_in_the_log_who_may_record_and_whom_it_refused() {
        assertThat(Handshake.with(base())
                        .header("Origin", "https://evil.example.com")
                        .status())
                .isEqualTo(403);
        steno.awaitLog("AUTH_MODE=token");
        steno.awaitLog("Refused a handshake from 127.0.0.1: The origin https://evil.example.com is not allowed");
        assertThat(steno.log()).doesNotContain(ALICE, BOB);
    }

    private URI base() {
        return steno.base();
    }

    private static Handshake asAlice(Handshake handshake) {
        return handshake.header("Authorization", "Bearer " + ALICE);
    }

    private HttpResponse<String> signIn(String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base().resolve("sign-in"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonObject info(String cookie) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base().resolve("info"))
                .header("Cookie", cookie)
                .build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return Json.createReader(new StringReader(body)).readObject();
    }
}
