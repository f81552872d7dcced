package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeferredOutputTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void keeps_what_is_written_until_the_end() throws IOException {
        DeferredOutput output = new DeferredOutput(response("application/json"));
        output.write(new byte[] {1, 2, 3}, 1, 2);
        output.write(4);
        output.flush();
        output.close();
        assertThat(sent.size()).isZero();
        assertThat(output.collected()).containsExactly(2, 3, 4);
    }

    @Test
    void passes_everything_on_in_order_once_it_is_too_much() throws IOException {
        DeferredOutput output = new DeferredOutput(response("audio/wav"));
        output.write(new byte[600_000]);
        output.write(new byte[600_000]);
        output.write(9);
        assertThat(output.collected()).isNull();
        assertThat(sent.size()).isEqualTo(1_200_001);
        assertThat(sent.toByteArray()[1_200_000]).isEqualTo((byte) 9);
    }

    @Test
    void passes_events_on_one_by_one() throws IOException {
        DeferredOutput output = new DeferredOutput(response("text/event-stream;charset=UTF-8"));
        output.write(new byte[] {1, 2});
        output.flush();
        assertThat(sent.toByteArray()).containsExactly(1, 2);
        output.write(3);
        assertThat(sent.toByteArray()).containsExactly(1, 2, 3);
    }

    private HttpServletResponse response(String mediaType) {
        ServletOutputStream out = new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int octet) {
                sent.write(octet);
            }
        };
        Map<String, Object> answers = Map.of("getContentType", mediaType, "getOutputStream", out);
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> answers.get(method.getName()));
    }
}
