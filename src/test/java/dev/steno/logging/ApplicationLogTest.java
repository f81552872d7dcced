package dev.steno.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.transcript.SessionId;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs through System.Logger, as the application does, to a logger of its own whose parent stands for the server. */
class ApplicationLogTest {
    /** A line of its own, a return over the line, a colour, a line to some, and text that runs backwards. */
    private static final String EVIL = "x\nERROR forged\r\u001b[31m\u0085\u2028\u202eend\0";

    private static final String HARMLESS = "x\\u000aERROR forged\\u000d\\u001b[31m\\u0085\\u2028\\u202eend\\u0000";

    private final Logger server = Logger.getLogger("test.server");
    private final Logger steno = Logger.getLogger("test.server.steno");
    private final System.Logger log = System.getLogger("test.server.steno.SomeClass");
    private final List<LogRecord> written = new ArrayList<>();
    private final Handler serverHandler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            written.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ApplicationLog application;

    @BeforeEach
    void prepare() {
        server.setUseParentHandlers(false);
        server.addHandler(serverHandler);
        steno.setLevel(Level.FINE);
    }

    @AfterEach
    void restore() {
        application.remove();
        server.removeHandler(serverHandler);
    }

    @Test
    void hands_a_harmless_record_on_to_the_server_as_it_is() {
        text();
        LogRecord record = new LogRecord(Level.INFO, "engine={0}");
        record.setParameters(new Object[] {"sphinx"});
        record.setLoggerName("test.server.steno.SomeClass");
        steno.log(record);
        assertThat(written).containsExactly(record);
    }

    @Test
    void writes_no_line_that_somebody_else_made_up() {
        text();
        log.log(System.Logger.Level.INFO, "Refused: {0}", EVIL);
        log.log(System.Logger.Level.INFO, "Refused: " + EVIL);
        assertThat(written)
                .extracting(record -> new SimpleFormatter().formatMessage(record))
                .containsExactly("Refused: " + HARMLESS, "Refused: " + HARMLESS);
    }

    @Test
    void escapes_what_exceptions_say_and_keeps_their_stack() {
        text();
        Exception thrown = new IllegalStateException(EVIL, new IOException("inner " + EVIL));
        thrown.addSuppressed(new IOException("beside " + EVIL));
        log.log(System.Logger.Level.WARNING, "It failed.", thrown);
        StringWriter stack = new StringWriter();
        written.get(0).getThrown().printStackTrace(new PrintWriter(stack));
        assertThat(stack.toString().lines())
                .anyMatch(("java.lang.IllegalStateException: " + HARMLESS)::equals)
                .anyMatch(("Caused by: java.io.IOException: inner " + HARMLESS)::equals)
                .anyMatch(line -> line.endsWith("Suppressed: java.io.IOException: beside " + HARMLESS))
                .anyMatch(line -> line.startsWith("\tat dev.steno.logging.ApplicationLogTest.escapes_what"))
                .noneMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void survives_exceptions_that_cause_each_other() {
        text();
        Exception outer = new Exception("outer");
        outer.initCause(new Exception("inner", outer));
        log.log(System.Logger.Level.WARNING, "It failed.", outer);
        assertThat(written).hasSize(1);
    }

    @Test
    void writes_one_object_a_line_past_the_server() {
        json();
        log.log(System.Logger.Level.WARNING, "Refused: {0}", EVIL);
        log.log(System.Logger.Level.DEBUG, EVIL, new IOException(EVIL));
        assertThat(written).isEmpty();
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.codePoints().filter(c -> c != '\n').noneMatch(c -> Character.isISOControl(c) || c == 0x2028))
                .isTrue();
        List<JsonObject> lines = lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).getString("message")).isEqualTo("Refused: " + EVIL);
        assertThat(lines.get(0).getString("level")).isEqualTo("WARNING");
        assertThat(lines.get(0).getString("logger")).isEqualTo("test.server.steno.SomeClass");
        assertThat(lines.get(0).getString("time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(lines.get(0).containsKey("session_id")).isFalse();
        assertThat(lines.get(1).getString("level")).isEqualTo("DEBUG");
        assertThat(lines.get(1).getString("exception")).startsWith("java.io.IOException: " + EVIL);
    }

    @Test
    void writes_an_event_with_its_session_and_its_fields() {
        json();
        SessionId id = SessionId.random();
        LogEvent.of("recording_ended", "Recording " + id + " ended: stopped")
                .session(id)
                .with("engine", "a\"b")
                .with("audio_seconds", new BigDecimal("1.50"))
                .with("bytes", 9L)
                .with("segments", 1234)
                .log(log, System.Logger.Level.INFO);
        LogEvent.of("session_fault", "Session " + id + ": a fault")
                .session(id)
                .thrown(new IOException("x"))
                .log(log, System.Logger.Level.ERROR);
        log.log(System.Logger.Level.INFO, "The connection of session {0} failed", id);
        log.log(System.Logger.Level.INFO, "Somebody said Recording " + id);
        List<JsonObject> lines = lines();
        assertThat(lines.subList(0, 3))
                .extracting(line -> line.getString("session_id"))
                .containsOnly(id.toString());
        assertThat(lines.get(3).containsKey("session_id")).isFalse();
        assertThat(lines.get(0).getString("event")).isEqualTo("recording_ended");
        assertThat(lines.get(0).getString("message"))
                .isEqualTo("Recording " + id + " ended: stopped; engine=a\"b audio_seconds=1.50 bytes=9 segments=1234");
        assertThat(lines.get(0).getJsonObject("fields"))
                .hasToString("{\"engine\":\"a\\\"b\",\"audio_seconds\":1.50,\"bytes\":9,\"segments\":1234}");
        assertThat(lines.get(1).getString("exception")).startsWith("java.io.IOException: x");
        assertThat(lines.get(1).getJsonObject("fields")).isEmpty();
    }

    @Test
    void writes_the_same_event_as_one_line_of_text() {
        text();
        LogEvent.of("session_fault", "A fault")
                .with("engine", EVIL)
                .thrown(new IOException("x"))
                .log(log, System.Logger.Level.ERROR);
        assertThat(new SimpleFormatter().formatMessage(written.get(0))).isEqualTo("A fault; engine=" + HARMLESS);
        assertThat(written.get(0).getThrown()).hasToString("java.io.IOException: x");
    }

    @Test
    void names_no_field_that_came_from_outside() {
        json();
        log.log(System.Logger.Level.INFO, "Refused: {0}", "bytes={0} outcome={0}");
        log.log(System.Logger.Level.INFO, "Refused: bytes={0}");
        assertThat(lines()).allMatch(line -> line.getJsonObject("fields").isEmpty());
    }

    /** As GlassFish 7 may: it puts the values into the message first, and takes them out of the record. */
    @Test
    void names_the_fields_where_the_server_takes_the_values_away() {
        json();
        Logger own = Logger.getLogger(log.getName());
        own.setFilter(record -> {
            record.setMessage(new SimpleFormatter().formatMessage(record));
            record.setParameters(null);
            return true;
        });
        SessionId id = SessionId.random();
        LogEvent.of("session_fault", "Session " + id + ": a fault")
                .session(id)
                .with("bytes", 9)
                .thrown(new IOException("x"))
                .log(log, System.Logger.Level.ERROR);
        log.log(System.Logger.Level.INFO, "Session {0}: a fault; bytes=9", id);
        own.setFilter(null);
        JsonObject event = lines().get(0);
        assertThat(event.getString("session_id")).isEqualTo(id.toString());
        assertThat(event.getString("event")).isEqualTo("session_fault");
        assertThat(event.getJsonObject("fields")).hasToString("{\"bytes\":9}");
        assertThat(event.getString("exception")).startsWith("java.io.IOException: x");
        assertThat(lines().get(1).containsKey("event")).as("of another line").isFalse();
    }

    /**
     * As GlassFish 7 does otherwise: it puts the values into the message first, and hands over a record with the values
     * still in it.
     */
    @Test
    void names_the_fields_where_the_server_puts_values_into_messages_first() {
        json();
        LogRecord logged = new LogRecord(Level.INFO, "{0}");
        logged.setParameters(
                new Object[] {LogEvent.of("refused", "Refused x outcome={1}").with("bytes", 9)});
        LogRecord resolved = new LogRecord(Level.INFO, new SimpleFormatter().formatMessage(logged));
        resolved.setParameters(logged.getParameters());
        steno.getHandlers()[0].publish(resolved);
        assertThat(lines())
                .extracting(line -> line.getString("message"))
                .containsExactly("Refused x outcome={1}; bytes=9");
        assertThat(lines().get(0).getJsonObject("fields")).hasToString("{\"bytes\":9}");
    }

    /** Two WARs in one JVM share the logger. */
    @Test
    void writes_each_line_once_and_goes_on_when_a_newer_log_is_gone() {
        json();
        ApplicationLog older = application;
        text();
        log.log(System.Logger.Level.INFO, "to the newer one");
        assertThat(out.size()).isZero();
        application.remove();
        log.log(System.Logger.Level.INFO, "to the older one");
        assertThat(lines()).hasSize(1);
        assertThat(written).hasSize(1);
        older.remove();
        log.log(System.Logger.Level.INFO, "to the server");
        assertThat(written).hasSize(2);
    }

    @Test
    void leaves_the_logger_as_it_was() {
        json();
        application.remove();
        log.log(System.Logger.Level.INFO, "for the server");
        assertThat(written).hasSize(1);
        assertThat(steno.getHandlers()).isEmpty();
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "JSONL"})
    void refuses_a_format_that_it_does_not_have(String format) {
        text();
        assertThatThrownBy(() -> ApplicationLog.install(new Settings(
                        key -> Optional.ofNullable(Map.of("LOG_FORMAT", format).get(key)))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("LOG_FORMAT", format, "text, json");
    }

    private void text() {
        begin(new OneLineHandler(steno));
    }

    private void json() {
        begin(new JsonHandler(out));
    }

    private void begin(Handler handler) {
        application = new ApplicationLog(steno, handler);
        application.begin();
    }

    private List<JsonObject> lines() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> Json.createReader(new StringReader(line)).readObject())
                .toList();
    }
}
