package dev.steno.protocol;

import dev.steno.audio.InputFormat;
import dev.steno.caller.Caller;
import dev.steno.session.CloseCode;
import dev.steno.session.ServiceDescription;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps what a dialogue does to its client and to its session. */
public final class RecordedLink implements DoorLink {
    private final Map<String, String> query = new HashMap<>();
    private final List<String> replies = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> options;
    private InputFormat format = InputFormat.NATIVE;
    private Caller caller = new Caller("", "203.0.113.7");
    private double seconds;
    private CloseCode closed;
    private String reason = "";

    public RecordedLink(String... options) {
        this.options = Set.of(options);
    }

    public RecordedLink with(String name, String value) {
        query.put(name, value);
        return this;
    }

    /** What was sent to the client since the last call. */
    public List<JsonObject> replies() {
        List<JsonObject> objects = replies.stream()
                .map(text -> Json.createReader(new StringReader(text)).readObject())
                .toList();
        replies.clear();
        return objects;
    }

    /** What was asked of the session: {@code start}, {@code audio 3200}, {@code pause}, {@code stop}. */
    public List<String> calls() {
        return calls;
    }

    public Optional<CloseCode> closed() {
        return Optional.ofNullable(closed);
    }

    public String reason() {
        return reason;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    @Override
    public ServiceDescription description() {
        return new ServiceDescription(
                "test",
                List.of("test"),
                Set.of("en-US", "en-GB", "de-DE"),
                "en-US",
                options,
                1,
                0,
                0,
                Optional.empty(),
                Duration.ofHours(8),
                Duration.ofSeconds(30),
                Duration.ofSeconds(45));
    }

    @Override
    public String sessionId() {
        return "s1";
    }

    @Override
    public void reply(SocketWriter.Kind kind, String message) {
        replies.add(message);
    }

    @Override
    public void join(Caller owner) {
        caller = owner;
        calls.add("join " + owner.identity());
    }

    @Override
    public void format(InputFormat changed) {
        format = changed;
    }

    @Override
    public InputFormat format() {
        return format;
    }

    @Override
    public void start(Map<String, String> wanted) {
        calls.add("start " + wanted);
    }

    @Override
    public void audio(byte[] chunk) {
        seconds += format.seconds(chunk.length);
        calls.add("audio " + chunk.length);
    }

    @Override
    public double position() {
        return seconds;
    }

    @Override
    public void pause() {
        calls.add("pause");
    }

    @Override
    public void stop() {
        calls.add("stop");
    }

    @Override
    public void end(CloseCode code, String why) {
        closed = code;
        reason = why;
    }
}
