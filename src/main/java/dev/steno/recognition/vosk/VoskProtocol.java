package dev.steno.recognition.vosk;

import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.remote.EngineFailures;
import dev.steno.recognition.remote.EngineLine;
import dev.steno.recognition.remote.EngineProtocol;
import dev.steno.recognition.remote.Outgoing;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.Word;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * One stream to a vosk-server, which answers each piece of audio, also an empty one, and the end exactly once. Words
 * have the server's times. A result without words lies between the last one and the audio that it answers, and so does
 * a partial: vosk says no more about it.
 *
 * @see <a href="https://github.com/alphacep/vosk-server/blob/master/websocket/asr_server.py">asr_server.py</a>
 */
final class VoskProtocol implements EngineProtocol {
    /** The server makes its recogniser of this with the first audio. */
    private static final Outgoing CONFIG = new Outgoing.Text("{\"config\" : {\"sample_rate\" : "
            + AudioFormat.SAMPLE_RATE_HERTZ + ", \"words\" : 1, \"max_alternatives\" : 0}}");

    /** The answer to no audio tells that the server has a recogniser for this stream. */
    private static final Outgoing NO_AUDIO = new Outgoing.Binary(new byte[0]);

    /** With exactly these spaces: the server compares the text. */
    private static final Outgoing EOF = new Outgoing.Text("{\"eof\" : 1}");

    /**
     * Pieces that may be unanswered: 2 s. A server that is slow keeps the rest in Steno, where it can be sent to
     * another; one that is far away still gets audio in real time.
     */
    private static final int MOST_UNANSWERED = 20;

    /** Signs of life: one for half a second of audio is enough. */
    private static final int ANSWERS_A_SIGN = 5;

    private final EngineLine line;
    private final EngineFailures failures;
    /** Bytes of each piece that is not answered. */
    private final Queue<Integer> unanswered = new ArrayDeque<>();

    private long answeredBytes;
    private int answers;
    private boolean ending;
    private boolean speaking;
    private double settledUntil;
    private double quietUntil;

    VoskProtocol(EngineLine line, EngineFailures failures) {
        this.line = line;
        this.failures = failures;
    }

    @Override
    public void connected() {
        line.say(CONFIG);
        line.say(NO_AUDIO);
        unanswered.add(0);
    }

    @Override
    public boolean ready() {
        return unanswered.size() < MOST_UNANSWERED;
    }

    @Override
    public Outgoing audio(byte[] pcm) {
        unanswered.add(pcm.length);
        return new Outgoing.Binary(pcm);
    }

    @Override
    public void finish() {
        line.say(EOF);
        unanswered.add(0);
        ending = true;
    }

    @Override
    public void message(JsonObject message) {
        Integer bytes = unanswered.poll();
        if (bytes == null) {
            line.fail(failures.garbled());
            return;
        }
        answeredBytes += bytes;
        line.opened();
        if (message.containsKey("partial")) {
            partial(oneLine(message.getString("partial")));
        } else {
            settled(
                    message.containsKey("alternatives")
                            ? message.getJsonArray("alternatives").getJsonObject(0)
                            : message);
        }
        if (ending && unanswered.isEmpty()) {
            line.complete();
        } else if (++answers % ANSWERS_A_SIGN == 0) {
            line.progress();
        }
    }

    private double answered() {
        return AudioFormat.seconds(answeredBytes);
    }

    private void partial(String text) {
        if (!text.isEmpty()) {
            speaking = true;
            double start = Math.max(settledUntil, quietUntil);
            line.partial(new RecognitionResult(text, start, Math.max(start, answered()), List.of()));
        } else {
            // What was heard before may still become words: vosk says so only by a result.
            quietUntil = answered();
            if (speaking) {
                speaking = false;
                line.noWords(settledUntil);
            }
        }
    }

    private void settled(JsonObject result) {
        String text = oneLine(result.getString("text"));
        List<Word> words = result.containsKey("result")
                ? result.getJsonArray("result").getValuesAs(VoskProtocol::word)
                : List.of();
        speaking = false;
        if (text.isEmpty()) {
            settledUntil = Math.max(settledUntil, answered());
            line.noWords(settledUntil);
        } else {
            double start = words.isEmpty() ? settledUntil : words.get(0).start();
            double end = words.isEmpty()
                    ? Math.max(start, answered())
                    : words.get(words.size() - 1).end();
            settledUntil = end;
            line.settled(new RecognitionResult(text, start, end, words));
        }
    }

    private static Word word(JsonValue value) {
        JsonObject word = value.asJsonObject();
        double start = word.getJsonNumber("start").doubleValue();
        double end = word.getJsonNumber("end").doubleValue();
        double confidence =
                word.containsKey("conf") ? word.getJsonNumber("conf").doubleValue() : Double.NaN;
        return new Word(word.getString("word"), start, Math.max(start, end), confidence);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
