package dev.steno.recognition.realtime;

import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.remote.EngineLine;
import dev.steno.recognition.remote.EngineProtocol;
import dev.steno.recognition.remote.Outgoing;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * One session of vLLM. It writes one text from a commit to the commit that is final, and forgets audio that comes
 * between that and its end: so Steno ends utterances at pauses, and holds the audio behind until the text is there. A
 * result lies between the two commits; words have no times.
 *
 * @see <a href="https://docs.vllm.ai/en/latest/serving/openai_compatible_server/#realtime-api">vLLM, Realtime API</a>
 */
final class VllmProtocol implements EngineProtocol {
    private final EngineLine line;
    private final RealtimeSession session;
    private final Turns turns = new Turns();
    private final StringBuilder text = new StringBuilder();
    private boolean generating;
    private boolean awaitingText;
    private boolean ending;
    private double start;

    VllmProtocol(EngineLine line, RealtimeSession session) {
        this.line = line;
        this.session = session;
    }

    /** The server speaks first. */
    @Override
    public void connected() {}

    @Override
    public boolean ready() {
        return !awaitingText;
    }

    @Override
    public void message(JsonObject message) {
        switch (message.getString("type")) {
            case "session.created" -> {
                line.say(RealtimeMessages.vllmSession(session));
                line.opened(); // it does not answer the update
            }
            case "transcription.delta" -> {
                text.append(message.getString("delta"));
                partial();
            }
            case "transcription.done" -> done(oneLine(message.getString("text")));
            case "error" -> line.fail(RealtimeRecognizer.FAILURES.error(message.getString("code", ""), true));
            default -> line.progress();
        }
    }

    private void partial() {
        String heard = oneLine(text.toString());
        if (heard.isEmpty()) {
            line.progress();
        } else {
            line.partial(RecognitionResult.partial(heard, start, line.sentSeconds(), heard.length()));
        }
    }

    private void done(String heard) {
        if (!awaitingText) {
            // It came to a limit of its own, and dropped what was sent since.
            line.fail(RealtimeRecognizer.FAILURES.error("", true));
            return;
        }
        double end = line.sentSeconds();
        if (heard.isEmpty()) {
            line.noWords(end);
        } else {
            line.settled(new RecognitionResult(heard, start, end, List.of()));
        }
        start = end;
        text.setLength(0);
        generating = false;
        awaitingText = false;
        if (ending) {
            line.complete();
        }
    }

    @Override
    public Outgoing audio(byte[] pcm) {
        if (!generating) {
            generating = true;
            line.say(RealtimeMessages.commit());
        }
        if (turns.hear(pcm)) {
            endUtterance();
        }
        return RealtimeMessages.append(pcm);
    }

    private void endUtterance() {
        turns.next();
        awaitingText = true;
        line.say(RealtimeMessages.finalCommit());
    }

    @Override
    public void finish() {
        ending = true;
        if (!generating) {
            line.complete();
        } else if (!awaitingText) {
            endUtterance();
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
