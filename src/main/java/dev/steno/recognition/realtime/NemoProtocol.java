package dev.steno.recognition.realtime;

import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.remote.EngineLine;
import dev.steno.recognition.remote.EngineProtocol;
import dev.steno.recognition.remote.Outgoing;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.Word;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/**
 * One session of NeMo-Speech.cpp. It takes PCM as bytes, finds the ends of utterances by itself, has no items, and
 * tells the times of words.
 *
 * @see <a href="https://github.com/NVIDIA/NeMo-Speech.cpp/blob/main/docs/api.md">HTTP API reference</a>
 */
final class NemoProtocol implements EngineProtocol {
    /** As strong as the server makes a prompt. */
    private static final int BOOST = 10;

    private static final String TRANSCRIPTION = "conversation.item.input_audio_transcription.";

    private final EngineLine line;
    private final RealtimeSession session;
    private String heard = "";
    private double settledUntil;
    private boolean opened;

    NemoProtocol(EngineLine line, RealtimeSession session) {
        this.line = line;
        this.session = session;
    }

    /** The server speaks first. */
    @Override
    public void connected() {}

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void message(JsonObject message) {
        switch (message.getString("type")) {
            case "session.created" ->
                line.say(RealtimeMessages.nemoSession(session, AudioFormat.SAMPLE_RATE_HERTZ, BOOST));
            case "session.updated" -> {
                opened = true;
                line.opened();
            }
            case TRANSCRIPTION + "delta" -> partial(message);
            case TRANSCRIPTION + "completed" -> settled(message);
            case "input_audio_buffer.committed" -> line.complete();
            case "error" -> line.fail(RealtimeRecognizer.FAILURES.error("", opened));
            default -> line.progress();
        }
    }

    /**
     * The server sends what was added, or, where words changed, all of it: then it begins as before, which the rest of
     * a sentence hardly does.
     */
    private void partial(JsonObject message) {
        String delta = message.getString("delta");
        heard = !heard.isBlank() && delta.strip().startsWith(firstWord(heard)) ? delta : heard + delta;
        String text = oneLine(heard);
        if (text.isEmpty()) {
            line.progress();
        } else {
            double end = Math.max(settledUntil, processed(message));
            line.partial(new RecognitionResult(text, settledUntil, end, List.of()));
        }
    }

    private void settled(JsonObject message) {
        heard = "";
        String text = oneLine(message.getString("transcript"));
        List<Word> words = message.containsKey("words")
                ? message.getJsonArray("words").getValuesAs(NemoProtocol::word)
                : List.of();
        if (text.isEmpty()) {
            line.noWords(settledUntil);
            return;
        }
        double start = words.isEmpty() ? settledUntil : words.get(0).start();
        double end = words.isEmpty()
                ? Math.max(start, processed(message))
                : words.get(words.size() - 1).end();
        settledUntil = Math.max(settledUntil, end);
        line.settled(new RecognitionResult(text, start, end, words));
    }

    /** How much audio the server has worked on, in seconds. */
    private double processed(JsonObject message) {
        return message.get("audio_processed") instanceof JsonNumber seconds
                ? Math.min(seconds.doubleValue(), line.sentSeconds())
                : line.sentSeconds();
    }

    private static Word word(JsonValue value) {
        JsonObject word = value.asJsonObject();
        double start = word.getJsonNumber("start").doubleValue();
        double end = word.getJsonNumber("end").doubleValue();
        double confidence = word.containsKey("confidence")
                ? word.getJsonNumber("confidence").doubleValue()
                : Double.NaN;
        return new Word(word.getString("word"), start, Math.max(start, end), confidence);
    }

    @Override
    public Outgoing audio(byte[] pcm) {
        return new Outgoing.Binary(pcm);
    }

    @Override
    public void finish() {
        if (line.sentSeconds() > 0) {
            line.say(RealtimeMessages.commit());
        } else {
            line.complete();
        }
    }

    private static String firstWord(String text) {
        return text.strip().split("\\s", -1)[0];
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
