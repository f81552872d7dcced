package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriEscapesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "room=a|b,room=a%7Cb",
                "x=%zz,x=%25zz",
                "x=%,x=%25",
                "x=%4,x=%254",
                "x=%41,x=%41",
                "x={1},x=%7B1%7D",
                "x=^,x=%5E",
                "x=\",x=%22",
                "x[1],x%5B1%5D",
                "x=ä,x=%C3%A4",
                "x=\uD83D\uDE00,x=%F0%9F%98%80",
            })
    void escapes_what_no_uri_may_have(String address, String escaped) {
        assertThat(UriEscapes.escaped(address)).isEqualTo(escaped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/ws", "/a%20b/ws", "resume=x-_.~!*'()&segments=0&from=12", "a=1&b=;/?:@$,+"})
    void leaves_the_others(String address) {
        assertThat(UriEscapes.escaped(address)).isSameAs(address);
    }

    @Test
    void makes_a_uri_of_any_characters() {
        StringBuilder all = new StringBuilder();
        for (char character = 0; character < 0x300; character++) {
            all.append(character);
        }
        String escaped = UriEscapes.escaped(all.toString());
        assertThat(URI.create("/ws?" + escaped).getQuery()).isEqualTo(all.toString());
        assertThat(URI.create("/" + escaped.replace("?", "")).getPath())
                .isEqualTo("/" + all.toString().replace("?", ""));
        assertThat(UriEscapes.escaped("\uD800").getBytes(StandardCharsets.UTF_8))
                .isNotEmpty();
    }
}
