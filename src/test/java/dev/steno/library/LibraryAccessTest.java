package dev.steno.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.access.AccessControl;
import dev.steno.access.Requests;
import dev.steno.access.RestFilter;
import dev.steno.caller.Caller;
import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryAccessTest {
    private static final Optional<String> ALICE = Optional.of("alice");

    private final HttpServletRequest here =
            Requests.to("localhost:8080").onThisMachine().build();
    private final HttpServletRequest elsewhere =
            Requests.to("steno.example.com").build();
    private final HttpServletRequest throughProxy = Requests.to("localhost:8080")
            .onThisMachine()
            .header("X-Forwarded-For", "203.0.113.7")
            .build();
    private final HttpServletRequest alice = Requests.to("steno.example.com")
            .attribute(RestFilter.CALLER, new Caller("alice", "203.0.113.7"))
            .build();

    @Test
    void without_sign_in_everything_is_for_this_machine_alone() {
        LibraryAccess access = access(Map.of());

        assertThat(access.scope(here).sees(ALICE)).isTrue();
        assertThat(access.scope(here).sees(Optional.empty())).isTrue();
        assertRefused(access, elsewhere, 403);
        assertRefused(access, throughProxy, 403);
        assertThat(access.isOpenTo(here)).isTrue();
        assertThat(access.isOpenTo(elsewhere)).isFalse();
        assertThat(access(Map.of("LIBRARY_ACCESS", "open")).scope(elsewhere).sees(ALICE))
                .isTrue();
        assertThat(access(Map.of("LIBRARY", "own")).scope(here).sees(ALICE)).isTrue();
    }

    @Test
    void with_sign_in_callers_see_their_own_and_nobodys_is_nobodys() {
        LibraryAccess access = access(Map.of("AUTH_MODE", "container"));

        assertThat(access.scope(alice).sees(ALICE)).isTrue();
        assertThat(access.scope(alice).sees(Optional.of("bob"))).isFalse();
        assertThat(access.scope(alice).sees(Optional.empty())).isFalse();
        assertThat(access(Map.of("AUTH_MODE", "container", "LIBRARY", "all"))
                        .scope(alice)
                        .sees(Optional.of("bob")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"none", "container"})
    void off_means_that_there_is_none(String mode) {
        LibraryAccess access = access(Map.of("AUTH_MODE", mode, "LIBRARY", "off", "LIBRARY_ACCESS", "open"));

        assertRefused(access, here, 404);
        assertRefused(access, alice, 404);
        assertThat(access.isOpenTo(here)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"LIBRARY, mine, off, own", "LIBRARY_ACCESS, all, local, open"})
    void refuses_values_that_make_no_sense(String key, String value, String first, String second) {
        assertThatThrownBy(() -> access(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(key, value, first, second);
    }

    private static void assertRefused(LibraryAccess access, HttpServletRequest request, int status) {
        assertThatThrownBy(() -> access.scope(request))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(status));
    }

    private static LibraryAccess access(Map<String, String> values) {
        Map<String, String> copy = new HashMap<>(values);
        Settings settings = new Settings(key -> Optional.ofNullable(copy.get(key)));
        return new LibraryAccess(settings, new AccessControl(settings, () -> new byte[32]));
    }
}
