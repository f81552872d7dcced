package dev.steno.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the container is told, in which order. */
class ResponseWriterTest {
    private final List<String> calls = new ArrayList<>();

    private final ServletOutputStream out = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // the test says when
        }

        @Override
        public void write(int value) {
            throw new AssertionError("a byte at a time");
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            calls.add("write " + length);
        }

        @Override
        public void flush() {
            calls.add("flush");
        }
    };

    private ResponseWriter writer() throws Exception {
        AsyncContext context = fake(AsyncContext.class, (proxy, method, arguments) -> {
            calls.add(method.getName());
            return null;
        });
        HttpServletResponse response = fake(
                HttpServletResponse.class,
                (proxy, method, arguments) -> method.getName().equals("getOutputStream") ? out : null);
        ResponseWriter writer = new ResponseWriter(context, response);
        writer.onWritePossible();
        return writer;
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void no_client_has_a_whole_answer_before_its_request_is_over() throws Exception {
        writer().answer(200, "application/json", Map.of(), "x".repeat(10_000));
        assertThat(calls).containsExactly("write 8192", "write 1808", "complete");
    }

    @Test
    void what_is_said_bit_by_bit_goes_out_at_once() throws Exception {
        ResponseWriter writer = writer();
        writer.begin(200, "text/event-stream", Map.of());
        writer.send("one");
        writer.send("three");
        writer.end();
        assertThat(calls).containsExactly("write 3", "flush", "write 5", "flush", "complete");
    }
}
