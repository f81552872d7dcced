package dev.steno.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessageTest {
    @Test
    void understands_numbers_strings_and_booleans_alike() {
        JsonMessage message = JsonMessage.parse(
                        "{\"a\":16000,\"b\":48000.0,\"c\":\"8000\",\"d\":true,\"e\":1,\"f\":0,\"g\":null,\"h\":[\"x\",1]}")
                .orElseThrow();
        assertThat(message.integer("a")).contains(16_000);
        assertThat(message.integer("b")).contains(48_000);
        assertThat(message.integer("c")).contains(8_000);
        assertThat(message.flag("d")).isTrue();
        assertThat(message.flag("e")).isTrue();
        assertThat(message.flag("f")).isFalse();
        assertThat(message.flag("g")).isFalse();
        assertThat(message.has("g")).isTrue();
        assertThat(message.list("h")).containsExactly("x", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "1",
                "{\"a\":1}{}",
                "{\"a\":1",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}"
            })
    void takes_nothing_but_one_object_of_a_reasonable_depth(String text) {
        assertThat(JsonMessage.parse(text)).isEmpty();
    }

    @Test
    void does_not_compute_numbers_that_are_too_large() {
        JsonMessage message =
                JsonMessage.parse("{\"a\":1e999999999,\"b\":1.5,\"c\":4e9}").orElseThrow();
        assertThat(message.integer("a")).isEmpty();
        assertThat(message.integer("b")).isEmpty();
        assertThat(message.integer("c")).isEmpty();
    }

    @Test
    void bounds_how_many_values_there_are() {
        assertThat(JsonMessage.parse("{\"a\":[" + "1,".repeat(2_000) + "1]}")).isEmpty();
    }
}
