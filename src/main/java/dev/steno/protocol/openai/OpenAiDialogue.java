package dev.steno.protocol.openai;

import dev.steno.protocol.Dialogue;
import dev.steno.protocol.DoorLink;
import dev.steno.protocol.JsonMessage;
import dev.steno.protocol.Languages;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.upstream.UpstreamState;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One client of OpenAI's Realtime API: reads its events, and hands what is recognised to the {@link Items}. */
final class OpenAiDialogue implements Dialogue {
    /** As at {@code /ws}: a client that makes this many mistakes is broken and will make more. */
    private static final int MISTAKES = 20;

    /** After these nothing more is recognised; after others that end a recording its last words still come. */
    private static final Set<ErrorCode> FAULTS =
            EnumSet.of(ErrorCode.BUSY, ErrorCode.RECOGNIZER_UNAVAILABLE, ErrorCode.RECOGNIZER_FAILED);

    private final DoorLink connection;
    private final OpenAiEvents events = new OpenAiEvents();
    private final Items items;

    private OpenAiConfig config;
    private boolean greeted;
    private boolean begun;
    /** The engine's code of the language; empty for the configured one. */
    private String languageCode = "";

    private int mistakes;

    OpenAiDialogue(DoorLink connection) {
        this.connection = connection;
        items = new Items(connection, events);
        config = OpenAiConfig.DEFAULT.withModel(connection.query("model").orElse(""));
        connection.format(config.format());
        connection
                .query("language")
                .ifPresent(language -> languageCode = find(language).orElse(""));
    }

    /** Before anything else, also where the client's first event is here before the session says that it is there. */
    private void greet() {
        if (!greeted) {
            greeted = true;
            connection.reply(events.session("session.created", id(), config));
        }
    }

    @Override
    public void onText(String frame) {
        greet();
        JsonMessage event = JsonMessage.parse(frame).orElse(null);
        try {
            if (event == null) {
                throw new RefusedEventException("invalid_json", "An event is one JSON object.", null);
            }
            handle(event);
        } catch (RefusedEventException e) {
            refuse(e, event == null ? null : event.text("event_id").orElse(null));
        }
    }

    private void handle(JsonMessage event) throws RefusedEventException {
        String type = event.text("type")
                .orElseThrow(() -> new RefusedEventException("invalid_event", "The field type is missing.", "type"));
        switch (type) {
            case "input_audio_buffer.append" -> append(event);
            case "input_audio_buffer.commit" -> items.commit();
            case "input_audio_buffer.clear" -> items.clear();
            case "session.update" -> {
                update(config.updated(session(event)));
                connection.reply(events.session("session.updated", id(), config));
            }
            case "transcription_session.update" -> {
                update(config.updatedByOldClient(session(event)));
                connection.reply(events.transcriptionSession(id(), config));
            }
            default ->
                throw new RefusedEventException(
                        "invalid_value", "A transcription session does not know this type of event.", "type");
        }
    }

    private static JsonMessage session(JsonMessage event) throws RefusedEventException {
        return event.object("session")
                .orElseThrow(
                        () -> new RefusedEventException("invalid_event", "The field session is missing.", "session"));
    }

    private void update(OpenAiConfig updated) throws RefusedEventException {
        String code = "";
        if (!updated.language().isEmpty()) {
            code = find(updated.language())
                    .orElseThrow(() -> new RefusedEventException(
                            "unsupported_language",
                            "The language must be one of "
                                    + String.join(
                                            ", ",
                                            connection.description().languages().stream()
                                                    .sorted()
                                                    .toList())
                                    + ".",
                            "session.audio.input.transcription.language"));
        }
        if (begun && !code.equals(languageCode)) {
            throw new RefusedEventException(
                    "session_already_began",
                    "The language cannot change after the first audio.",
                    "session.audio.input.transcription.language");
        }
        languageCode = code;
        config = updated;
        connection.format(config.format());
        items.turns(config.turns());
    }

    private Optional<String> find(String language) {
        return Languages.find(language, connection.description());
    }

    private void append(JsonMessage event) throws RefusedEventException {
        String audio = event.text("audio")
                .orElseThrow(() -> new RefusedEventException("invalid_event", "The field audio is missing.", "audio"));
        byte[] chunk = decode(audio);
        if (chunk.length == 0) {
            return;
        }
        if (!begun) {
            begun = true;
            connection.start(languageCode.isEmpty() ? Map.of() : Map.of("language_code", languageCode));
        }
        items.audio(chunk);
    }

    private static byte[] decode(String audio) throws RefusedEventException {
        try {
            return Base64.getDecoder().decode(audio);
        } catch (IllegalArgumentException e) {
            throw new RefusedEventException("invalid_audio", "The audio is not base64 (RFC 4648, section 4).", "audio");
        }
    }

    /** OpenAI's clients take no binary messages, but a client that sends them means audio. */
    @Override
    public void onBinary(byte[] frame) {
        greet();
        refuse(new RefusedEventException("invalid_event", "Events are text; audio is base64 in them.", null), null);
    }

    @Override
    public void onTooLarge(int length) {
        greet();
        refuse(
                new RefusedEventException(
                        "too_large",
                        "An event of " + length + " bytes was refused: at most " + DoorLink.MESSAGE_BYTES
                                + " are taken.",
                        null),
                null);
    }

    private void refuse(RefusedEventException refused, String cause) {
        connection.reply(events.refused(refused, cause));
        mistakes += refused.code().equals(Items.EMPTY) ? 0 : 1;
        if (mistakes >= MISTAKES) {
            connection.end(CloseCode.POLICY, "Too many events that cannot be used.");
        }
    }

    @Override
    public void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.Connected) {
            greet();
        } else if (event instanceof SessionEvent.Partial partial) {
            items.partial(partial);
        } else if (event instanceof SessionEvent.Final settled) {
            items.settled(settled.segment());
        } else if (event instanceof SessionEvent.Status status && status.state() == UpstreamState.PAUSED) {
            items.paused();
        } else if (event instanceof SessionEvent.Problem problem && problem.code() != ErrorCode.NO_SPEECH) {
            if (FAULTS.contains(problem.code())) {
                items.fail(problem.code().wireName(), problem.message());
            }
            connection.reply(events.fault(problem.code().wireName(), problem.message()));
        }
    }

    /** Everything was said when it happened. */
    @Override
    public void onEnd(CloseCode code, String reason) {
        items.paused();
    }

    private String id() {
        return "sess_" + connection.sessionId();
    }
}
