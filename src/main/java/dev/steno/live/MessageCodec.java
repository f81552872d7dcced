package dev.steno.live;

import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.json.SegmentJson;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Text frames to messages and events to text frames, as {@code docs/protocol.md} says. Pure functions. */
final class MessageCodec {
    private static final JsonGeneratorFactory GENERATORS =
            JsonProvider.provider().createGeneratorFactory(Map.of());

    private MessageCodec() {}

    static ClientMessage decode(String frame) throws RefusedMessageException {
        Optional<ClientMessage.Audio> audio = UsualAudioFrame.decode(frame);
        return audio.isPresent() ? audio.get() : decode(FlatJson.parse(frame));
    }

    private static ClientMessage decode(JsonFields fields) throws RefusedMessageException {
        String type = fields.requiredString("type");
        return switch (type) {
            case "audio" -> new ClientMessage.Audio(decodeBase64(fields.requiredString("payload")));
            case "control" -> control(fields);
            default -> throw badMessage("Unknown type. Known are audio and control.");
        };
    }

    private static ClientMessage control(JsonFields fields) throws RefusedMessageException {
        return switch (fields.requiredString("action")) {
            case "start" -> new ClientMessage.Start(options(fields.values()), StartFormat.of(fields.values()));
            case "pause" -> new ClientMessage.Pause();
            case "stop" -> new ClientMessage.Stop();
            case "share" -> new ClientMessage.Share(fields.string("room"));
            case "unshare" -> new ClientMessage.Unshare();
            default -> throw badMessage("Unknown action. Known are start, pause, stop, share and unshare.");
        };
    }

    /** All fields but those that no engine sees. */
    private static Map<String, String> options(Map<String, String> fields) {
        Map<String, String> options = new LinkedHashMap<>(fields);
        options.keySet().removeAll(List.of("type", "action"));
        options.keySet().removeAll(StartFormat.FIELDS);
        options.values().removeIf(Objects::isNull);
        return options;
    }

    private static byte[] decodeBase64(String payload) throws RefusedMessageException {
        try {
            return Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException e) {
            throw new RefusedMessageException(ErrorCode.BAD_AUDIO, "The payload is not base64 (RFC 4648, section 4).");
        }
    }

    private static RefusedMessageException badMessage(String message) {
        return new RefusedMessageException(ErrorCode.BAD_MESSAGE, message);
    }

    static String encode(SessionEvent event) {
        StringWriter out = new StringWriter(128);
        try (JsonGenerator json = GENERATORS.createGenerator(out)) {
            json.writeStartObject();
            if (event instanceof SessionEvent.Connected connected) {
                write(json, connected);
            } else if (event instanceof SessionEvent.Status status) {
                write(json, status);
            } else if (event instanceof SessionEvent.Durability durability) {
                write(json, durability);
            } else if (event instanceof SessionEvent.AudioDropped dropped) {
                write(json, dropped);
            } else if (event instanceof SessionEvent.EndAnnounced announced) {
                write(json, announced);
            } else if (event instanceof SessionEvent.Progress progress) {
                json.write("type", "progress")
                        .write("received_bytes", progress.receivedBytes())
                        .write("settled_bytes", progress.settledBytes());
            } else if (event instanceof SessionEvent.Partial partial) {
                write(json, partial);
            } else if (event instanceof SessionEvent.Final settled) {
                write(json, settled.segment());
            } else if (event instanceof SessionEvent.Saved saved) {
                write(json, saved);
            } else if (event instanceof SessionEvent.Share share) {
                json.write("type", "share").write("url", share.url());
            } else if (event instanceof SessionEvent.Viewers viewers) {
                json.write("type", "viewers").write("count", viewers.count());
            } else if (event instanceof SessionEvent.Translation translation) {
                write(json, translation);
            } else if (event instanceof SessionEvent.Problem problem) {
                write(json, problem);
            }
            json.writeEnd();
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, SessionEvent.Connected connected) {
        json.write("type", "session")
                .write("session_id", connected.sessionId().toString())
                .write("resume_token", connected.resumeToken())
                .write("engine", connected.engine())
                .write("language_code", connected.languageCode())
                .write("sample_rate", AudioFormat.SAMPLE_RATE_HERTZ);
        connected.resumedAt().ifPresent(bytes -> json.write("resumed", true).write("received_bytes", bytes));
        if (connected.restored()) {
            json.write("restored", true);
        }
    }

    private static void write(JsonGenerator json, SessionEvent.Status status) {
        json.write("type", "status")
                .write("state", status.state().name().toLowerCase(Locale.ROOT))
                .write("engine", status.engine())
                .write("language_code", status.languageCode());
    }

    private static void write(JsonGenerator json, SessionEvent.Durability durability) {
        json.write("type", "status")
                .write("state", durability.state().name().toLowerCase(Locale.ROOT))
                .write("durability", durability.shared() ? "cluster" : "node");
    }

    private static void write(JsonGenerator json, SessionEvent.AudioDropped dropped) {
        json.write("type", "status")
                .write("state", dropped.state().name().toLowerCase(Locale.ROOT))
                .write("dropped_from", seconds(dropped.start()))
                .write("dropped_to", seconds(dropped.end()))
                .write("dropped_reason", dropped.reason().name().toLowerCase(Locale.ROOT));
    }

    private static void write(JsonGenerator json, SessionEvent.EndAnnounced announced) {
        json.write("type", "status")
                .write("state", announced.state().name().toLowerCase(Locale.ROOT))
                .write("ends_in", seconds(announced.secondsLeft()))
                .write("message", announced.reason());
    }

    private static void write(JsonGenerator json, SessionEvent.Partial partial) {
        json.write("type", "transcript")
                .write("text", partial.text())
                .write("is_final", false)
                .write("segment", partial.segment())
                .write("start", seconds(partial.start()))
                .write("end", seconds(partial.end()));
    }

    private static void write(JsonGenerator json, TranscriptSegment segment) {
        json.write("type", "transcript")
                .write("text", segment.text())
                .write("is_final", true)
                .write("segment", segment.number())
                .write("start", seconds(segment.start()))
                .write("end", seconds(segment.end()));
        segment.languageCode().ifPresent(language -> json.write("language_code", language));
        if (!segment.words().isEmpty()) {
            SegmentJson.writeWords(json, segment.words());
        }
        if (!segment.entities().isEmpty()) {
            SegmentJson.writeEntities(json, segment.entities());
        }
    }

    private static void write(JsonGenerator json, SessionEvent.Saved saved) {
        json.write("type", "saved")
                .write("s3_key", saved.key())
                .write("session_id", saved.sessionId().toString())
                .write("location", saved.location())
                .write("duration", seconds(saved.duration()));
    }

    private static void write(JsonGenerator json, SessionEvent.Translation translation) {
        json.write("type", "translation")
                .write("segment", translation.segment())
                .write("language_code", translation.languageCode())
                .write("text", translation.text());
    }

    private static void write(JsonGenerator json, SessionEvent.Problem problem) {
        json.write("type", "error")
                .write("code", problem.code().wireName())
                .write("message", problem.message())
                .write("fatal", problem.fatal());
        problem.receivedBytes().ifPresent(bytes -> json.write("received_bytes", bytes));
    }

    private static double seconds(double value) {
        return SegmentJson.thousandths(value);
    }
}
