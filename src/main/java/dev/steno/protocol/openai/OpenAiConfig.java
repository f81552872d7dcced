package dev.steno.protocol.openai;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.protocol.JsonMessage;
import java.util.Optional;

/**
 * What a client asked for in its last update.
 *
 * @param model told back and otherwise ignored: Steno's engine is configured where Steno is
 * @param language as the client wrote it; empty for the configured one
 * @param turns whether the server says where an utterance ends, or the client by {@code commit}
 */
record OpenAiConfig(InputFormat format, String model, String language, String prompt, boolean turns) {
    /** The only rate of {@code audio/pcm} at OpenAI. */
    private static final int PCM_RATE = 24_000;

    private static final InputFormat PCM = new InputFormat(AudioEncoding.PCM, PCM_RATE);
    private static final InputFormat MULAW = new InputFormat(AudioEncoding.MULAW, 8_000);
    private static final InputFormat ALAW = new InputFormat(AudioEncoding.ALAW, 8_000);

    static final OpenAiConfig DEFAULT = new OpenAiConfig(PCM, "", "", "", true);

    OpenAiConfig withModel(String named) {
        return new OpenAiConfig(format, named, language, prompt, turns);
    }

    /** As in {@code session.update}. */
    OpenAiConfig updated(JsonMessage session) throws RefusedEventException {
        String type = session.text("type").orElse("transcription");
        if (!type.equals("transcription")) {
            throw new RefusedEventException(
                    "invalid_value", "This server transcribes: session.type must be transcription.", "session.type");
        }
        Optional<JsonMessage> input = session.object("audio").flatMap(audio -> audio.object("input"));
        if (input.isEmpty()) {
            return this;
        }
        InputFormat newFormat = input.get().has("format") ? format(input.get().object("format")) : format;
        return with(newFormat, input.get(), "transcription");
    }

    /** As in {@code transcription_session.update}, which older clients send. */
    OpenAiConfig updatedByOldClient(JsonMessage session) throws RefusedEventException {
        InputFormat newFormat = session.has("input_audio_format")
                ? oldFormat(session.text("input_audio_format").orElse(""))
                : format;
        return with(newFormat, session, "input_audio_transcription");
    }

    private OpenAiConfig with(InputFormat newFormat, JsonMessage session, String transcription) {
        Optional<JsonMessage> wanted = session.object(transcription);
        return new OpenAiConfig(
                newFormat,
                wanted.flatMap(fields -> fields.text("model")).orElse(model),
                wanted.flatMap(fields -> fields.text("language")).orElse(language),
                wanted.flatMap(fields -> fields.text("prompt")).orElse(prompt),
                session.has("turn_detection") ? session.object("turn_detection").isPresent() : turns);
    }

    private static InputFormat format(Optional<JsonMessage> format) throws RefusedEventException {
        String type = format.flatMap(fields -> fields.text("type")).orElse("");
        return switch (type) {
            case "audio/pcm" -> pcm(format.get());
            case "audio/pcmu" -> MULAW;
            case "audio/pcma" -> ALAW;
            default ->
                throw new RefusedEventException(
                        "invalid_value",
                        "The format's type must be audio/pcm, audio/pcmu or audio/pcma.",
                        "session.audio.input.format.type");
        };
    }

    private static InputFormat pcm(JsonMessage format) throws RefusedEventException {
        int rate = format.has("rate") ? format.integer("rate").orElse(0) : PCM_RATE;
        try {
            return new InputFormat(AudioEncoding.PCM, rate);
        } catch (IllegalArgumentException e) {
            throw new RefusedEventException("invalid_value", e.getMessage(), "session.audio.input.format.rate");
        }
    }

    private static InputFormat oldFormat(String name) throws RefusedEventException {
        return switch (name) {
            case "pcm16" -> PCM;
            case "g711_ulaw" -> MULAW;
            case "g711_alaw" -> ALAW;
            default ->
                throw new RefusedEventException(
                        "invalid_value",
                        "input_audio_format must be pcm16, g711_ulaw or g711_alaw.",
                        "session.input_audio_format");
        };
    }
}
