package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.caller.Caller;
import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessControlTest {
    private static final String SECRET = "correct-horse-battery";
    private static final String OTHER = "staple-of-another-kind";

    private final Map<String, String> settings = new HashMap<>();
    private byte[] key = {1, 2, 3};
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "steno.example.com,       https://steno.example.com",
        "steno.example.com,       http://steno.example.com",
        "Steno.Example.com:80,    http://steno.example.com",
        "steno.example.com:443,   https://STENO.example.com",
        "steno.example.com:8443,  https://steno.example.com:8443",
        "192.0.2.1:8080,          http://192.0.2.1:8080",
        "[2001:db8::1]:8080,      http://[2001:db8::1]:8080",
    })
    void lets_its_own_pages_in(String host, String origin) {
        assertThat(refusal(Requests.to(host).origin(origin))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "steno.example.com,      https://evil.example.com",
        "steno.example.com,      https://steno.example.com.evil.com",
        "steno.example.com,      https://steno.example.com:8443",
        "steno.example.com:8080, http://steno.example.com",
        "steno.example.com,      null",
        "steno.example.com,      ''",
        "steno.example.com,      file://",
        "steno.example.com,      'http://steno.example.com\u0000'",
        "steno.example.com,      chrome-extension://abcdef",
        "'',                     http://",
        "'a b',                  http://a b",
        "evil.com/@x,            http://evil.com",
        "[,                      http://evil.com",
        "[::1.0.0.20000000000],  http://evil.com",
        "steno.example.com,      http://[::1.0.0.20000000000]",
    })
    void keeps_pages_of_others_out(String host, String origin) {
        assertThat(refusal(Requests.to(host).origin(origin)).orElseThrow()).contains("ALLOWED_ORIGINS");
    }

    @Test
    void knows_the_host_of_a_request_over_http_2() {
        settings.put("ALLOWED_HOSTS", "steno.example.com");
        assertThat(refusal(Requests.overHttp2To("steno.example.com:443").origin("https://steno.example.com")))
                .isEmpty();
        assertThat(refusal(Requests.overHttp2To("evil.example.com:443"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,            203.0.113.7",
        "2001:db8:1:2:3:4:5:6,   20:01:0d:b8:00:01:00:02",
        "2001:db8:1:2::99,       20:01:0d:b8:00:01:00:02",
        "::ffff:203.0.113.7,     ::ffff:203.0.113.7",
    })
    void counts_a_caller_by_address_and_of_ipv6_by_network(String address, String place) {
        assertThat(access().caller(Requests.to("localhost").from(address).build(), "alice"))
                .isEqualTo(new Caller("alice", place));
    }

    @Test
    void counts_a_caller_by_the_name_that_the_server_knows_though_nobody_was_asked() {
        assertThat(access().caller(Requests.to("localhost").user("bob").build(), "")
                        .identity())
                .isEqualTo("bob");
        assertThat(access().caller(Requests.to("localhost").build(), "").identity())
                .isEmpty();
    }

    @Test
    void takes_a_caller_without_origin_for_a_program() {
        assertThat(refusal(Requests.to("steno.example.com"))).isEmpty();
    }

    @Test
    void takes_no_page_by_http_where_it_is_reached_by_https() {
        assertThat(refusal(Requests.to("steno.example.com").secure().origin("http://steno.example.com")))
                .isPresent();
    }

    @Test
    void lets_in_the_origins_of_the_configuration_beside_its_own() {
        settings.put("ALLOWED_ORIGINS", "https://app.example.com, http://localhost:3000");
        assertThat(refusal(Requests.to("api.example.com").origin("https://app.example.com:443")))
                .isEmpty();
        assertThat(refusal(Requests.to("api.example.com").origin("http://localhost:3000")))
                .isEmpty();
        assertThat(refusal(Requests.to("api.example.com").origin("https://api.example.com")))
                .isEmpty();
        assertThat(refusal(Requests.to("api.example.com").origin("https://localhost:3000")))
                .isPresent();
        settings.put("ALLOWED_ORIGINS", "*");
        assertThat(refusal(Requests.to("api.example.com").origin("null"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app.example.com", "https://app.example.com/path", "ftp://x", "https://", "ht tp://x", "//x"})
    void refuses_origins_in_the_configuration_that_are_none(String origin) {
        settings.put("ALLOWED_ORIGINS", origin);
        assertThatThrownBy(this::access)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("ALLOWED_ORIGINS", origin, "https://app.example.com");
    }

    @Test
    void answers_this_machine_under_its_own_names_only() {
        assertThat(refusal(Requests.to("localhost:8080").onThisMachine())).isEmpty();
        assertThat(refusal(Requests.to("127.0.0.1:8080").onThisMachine())).isEmpty();
        assertThat(refusal(Requests.to("[::1]:8080").onThisMachine())).isEmpty();
        assertThat(refusal(Requests.to("rebound.evil.com:8080").onThisMachine().origin("http://rebound.evil.com:8080"))
                        .orElseThrow())
                .contains("rebound.evil.com", "ALLOWED_HOSTS");
    }

    @Test
    void answers_under_the_hosts_of_the_configuration() {
        settings.put("ALLOWED_HOSTS", "Steno.example.com,other.example.com:8443");
        assertThat(refusal(Requests.to("steno.example.com:9000"))).isEmpty();
        assertThat(refusal(Requests.to("other.example.com:8443"))).isEmpty();
        assertThat(refusal(Requests.to("steno.example.com").onThisMachine())).isEmpty();
        assertThat(refusal(Requests.to("other.example.com"))).isPresent();
        assertThat(refusal(Requests.to("localhost").onThisMachine())).isPresent();
    }

    @Test
    void believes_forwarded_headers_of_trusted_proxies_only() {
        Requests forwarded = Requests.to("10.0.0.2:8080")
                .origin("https://steno.example.com")
                .header("X-Forwarded-Host", "steno.example.com")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", "198.51.100.9, 203.0.113.7, 10.1.1.1")
                .from("10.2.3.4");
        assertThat(refusal(forwarded)).isPresent();
        assertThat(access().incoming(forwarded.build()).address()).isEqualTo("10.2.3.4");
        settings.put("TRUSTED_PROXIES", "10.0.0.0/8");
        assertThat(refusal(forwarded)).isEmpty();
        IncomingRequest incoming = access().incoming(forwarded.build());
        assertThat(incoming.address()).isEqualTo("203.0.113.7");
        assertThat(incoming.secure()).isTrue();
        assertThat(refusal(forwarded.from("11.2.3.4"))).isPresent();
    }

    /** HAProxy's {@code option forwardfor} adds a line of its own behind the client's. */
    @Test
    void reads_all_lines_of_a_forwarded_header_as_one_list() {
        settings.put("TRUSTED_PROXIES", "10.0.0.0/8");
        IncomingRequest incoming = access().incoming(Requests.to("10.0.0.2")
                .from("10.2.3.4")
                .header("X-Forwarded-For", "198.51.100.9")
                .another("X-Forwarded-For", "203.0.113.7")
                .header("X-Forwarded-Host", "forged.example.com")
                .another("X-Forwarded-Host", "steno.example.com")
                .header("X-Forwarded-Proto", "https")
                .another("X-Forwarded-Proto", "http")
                .build());
        assertThat(incoming.address()).isEqualTo("203.0.113.7");
        assertThat(incoming.host()).isEqualTo("steno.example.com");
        assertThat(incoming.secure()).isFalse();
    }

    @Test
    void takes_no_address_from_before_one_that_is_none() {
        settings.put("TRUSTED_PROXIES", "10.0.0.0/8");
        Requests request = Requests.to("x").from("10.2.3.4").header("X-Forwarded-For", "203.0.113.7");
        assertThat(access().incoming(
                                request.another("X-Forwarded-For", "unknown").build())
                        .address())
                .isEqualTo("10.2.3.4");
    }

    @Test
    void lets_a_trusted_proxy_on_this_machine_name_any_host() {
        settings.put("TRUSTED_PROXIES", "127.0.0.1,::1");
        assertThat(refusal(Requests.to("steno.example.com").onThisMachine())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://steno.example.com", "steno.example.com/", "a b", "*", "[::1", "::1", "x:port", "-"})
    void refuses_hosts_in_the_configuration_that_are_none(String host) {
        settings.put("ALLOWED_HOSTS", "steno.example.com," + host);
        assertThatThrownBy(this::access)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("ALLOWED_HOSTS", host, "steno.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X User", "X-User:", "Ünser", "X-User, X-Other"})
    void refuses_an_identity_header_that_no_request_can_have(String name) {
        settings.put("AUTH_HEADER", name);
        assertThatThrownBy(this::access)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("AUTH_HEADER", name);
    }

    @Test
    void knows_the_holder_of_any_valid_ticket_among_several() {
        useTokens();
        String ticket = access().ticket(Requests.to("x")
                        .header("Authorization", "Bearer " + SECRET)
                        .build())
                .orElseThrow();
        String cookies = AccessControl.COOKIE + "=of-another-path;" + AccessControl.COOKIE + "=" + ticket;
        assertThat(identity(Requests.to("x").header("Cookie", cookies))).contains("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "proxy.example.com", "10.0.0.0/x", "10.0.0.0/8/8", "::1/129", "10.0.0.0/-1"})
    void refuses_proxies_that_are_no_addresses(String proxy) {
        settings.put("TRUSTED_PROXIES", proxy);
        assertThatThrownBy(this::access)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("TRUSTED_PROXIES", proxy);
    }

    /** The JDK takes these for short addresses, or asks DNS for them as for names. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "10.1", "999.1.1.1", "1.2.3.4.5", ".:1", "::1%lo", ""})
    void takes_nothing_but_whole_addresses(String address) {
        assertThat(AddressRange.parse(address)).isEmpty();
    }

    @Test
    void asks_nobody_by_default() {
        assertThat(access().mode()).isEqualTo(AuthMode.NONE);
        assertThat(identity(Requests.to("x"))).contains("");
    }

    @Test
    void knows_the_bearer_of_a_token() {
        useTokens();
        assertThat(identity(Requests.to("x").header("Authorization", "Bearer " + SECRET)))
                .contains("alice");
        assertThat(identity(Requests.to("x").header("Authorization", "bearer  " + OTHER)))
                .contains("token-2");
        assertThat(identity(Requests.to("x"))).isEmpty();
        assertThat(identity(Requests.to("x").header("Authorization", "Bearer alice:" + SECRET)))
                .isEmpty();
        assertThat(identity(Requests.to("x").header("Authorization", "Basic " + SECRET)))
                .isEmpty();
        assertThat(identity(Requests.to("x").header("Authorization", "Bearer"))).isEmpty();
        assertThat(identity(Requests.to("x").user("mallory"))).isEmpty();
    }

    @Test
    void gives_tickets_that_end_and_that_nobody_can_forge() {
        useTokens();
        String ticket = access().ticket(Requests.to("x")
                        .header("Authorization", "Bearer " + SECRET)
                        .build())
                .orElseThrow();
        assertThat(withTicket(ticket)).contains("alice");
        now = now.plus(Tickets.VALIDITY).minusSeconds(1);
        assertThat(withTicket(ticket)).contains("alice");
        now = now.plusSeconds(1);
        assertThat(withTicket(ticket)).isEmpty();
        now = now.minusSeconds(60);
        for (int i = 0; i < ticket.length(); i++) {
            char other = ticket.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(withTicket(ticket.substring(0, i) + other + ticket.substring(i + 1)))
                    .isEmpty();
        }
        assertThat(withTicket("")).isEmpty();
        assertThat(withTicket("a.b.c")).isEmpty();
        key = new byte[] {4, 5, 6};
        assertThat(withTicket(ticket)).isEmpty();
        key = new byte[] {1, 2, 3};
        assertThat(withTicket(ticket)).contains("alice");
        settings.put("AUTH_TOKENS", "alice:" + OTHER);
        assertThat(withTicket(ticket)).isEmpty();
        assertThat(access().ticket(Requests.to("x")
                        .header("Authorization", "Bearer wrong")
                        .build()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "too-short",
                "alice:short",
                "a:long-enough-to-be-one,a:long-enough-to-be-two",
                ":long-enough-to-be-one"
            })
    void refuses_tokens_that_are_none_and_does_not_show_them(String tokens) {
        settings.put("AUTH_MODE", "token");
        settings.put("AUTH_TOKENS", tokens);
        assertThatThrownBy(this::access)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("AUTH_TOKENS")
                .message()
                .doesNotContain("short", "long-enough");
    }

    @Test
    void asks_the_container_or_a_trusted_proxy() {
        settings.put("AUTH_MODE", "container");
        assertThat(identity(Requests.to("x").user("carol"))).contains("carol");
        Requests proxied = Requests.to("x").header("X-Forwarded-User", "dave").from("10.0.0.1");
        assertThat(identity(proxied)).isEmpty();
        settings.put("TRUSTED_PROXIES", "10.0.0.1");
        assertThat(identity(proxied)).contains("dave");
        assertThat(identity(Requests.to("x").from("10.0.0.1"))).isEmpty();
        settings.put("AUTH_HEADER", "X-Auth-Request-Email");
        assertThat(identity(proxied)).isEmpty();
        assertThat(identity(proxied.header("X-Auth-Request-Email", "dave@example.com")))
                .contains("dave@example.com");
    }

    /** A proxy that adds its header to the client's own, instead of replacing it. */
    @Test
    void takes_two_names_for_none() {
        settings.put("AUTH_MODE", "container");
        settings.put("TRUSTED_PROXIES", "10.0.0.1");
        assertThat(identity(Requests.to("x")
                        .from("10.0.0.1")
                        .header("X-Forwarded-User", "forged")
                        .another("X-Forwarded-User", "dave")))
                .isEmpty();
    }

    @Test
    void refuses_a_mode_that_it_does_not_know() {
        settings.put("AUTH_MODE", "basic");
        assertThatThrownBy(this::access).hasMessageContainingAll("AUTH_MODE", "basic", "none, token, container");
    }

    private void useTokens() {
        settings.put("AUTH_MODE", "token");
        settings.put("AUTH_TOKENS", "alice:" + SECRET + " , " + OTHER);
    }

    private Optional<String> withTicket(String ticket) {
        return identity(Requests.to("x").header("Cookie", AccessControl.COOKIE + "=" + ticket));
    }

    private Optional<String> identity(Requests request) {
        return access().identity(request.build());
    }

    private Optional<String> refusal(Requests request) {
        AccessControl access = access();
        return access.refusal(access.incoming(request.build()));
    }

    private AccessControl access() {
        InstantSource clock = () -> now;
        return new AccessControl(new Settings(key -> Optional.ofNullable(settings.get(key))), () -> key, clock);
    }
}
