package dev.steno.recognition.realtime;

import dev.steno.audio.AudioConverter;
import dev.steno.recognition.remote.EngineLine;
import dev.steno.recognition.remote.EngineProtocol;
import dev.steno.recognition.remote.Outgoing;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One transcription session as OpenAI has it. The server finds the turns; models that stream by themselves have no
 * voice detection, and there Steno commits at pauses. Servers that keep to the protocol's first version, such as
 * speaches, are spoken to in it; their voice detection counts times anew with each item, so that Steno finds the turns
 * there too.
 *
 * @see <a href="https://developers.openai.com/api/docs/guides/realtime-transcription">Realtime transcription</a>
 */
final class OpenAiProtocol implements EngineProtocol {
    /** The only rate of PCM that OpenAI takes. */
    private static final int RATE = 24_000;

    private static final String TRANSCRIPTION = "conversation.item.input_audio_transcription.";

    /** A server that finds no turn in this long is told one: longer audio could not be sent again after a break. */
    private static final double LONGEST_TURN_SECONDS = 20;

    private final EngineLine line;
    private final RealtimeSession session;
    private final Items items;
    private final AudioConverter converter = AudioConverter.to(RATE);
    private final Turns turns = new Turns();
    /** Where the commits that are not answered were. */
    private final Queue<Double> commits = new ArrayDeque<>();

    private boolean ownTurns;
    private boolean configured;
    private boolean opened;
    private boolean ending;
    /** At the end: the server has heard that it finds no more turns, so that what it commits now is the last commit. */
    private boolean turnsOff;

    OpenAiProtocol(EngineLine line, RealtimeSession session) {
        this.line = line;
        this.session = session;
        items = new Items(line);
        ownTurns = session.model()
                .filter(model -> model.startsWith("gpt-live") || model.startsWith("gpt-realtime-whisper"))
                .isPresent();
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
            case "session.created" -> configure(message);
            case "session.updated" -> updated(message);
            case "input_audio_buffer.speech_started" -> {
                items.started(id(message), seconds(message, "audio_start_ms"));
                turns.next();
                line.progress();
            }
            case "input_audio_buffer.speech_stopped" -> items.stopped(id(message), seconds(message, "audio_end_ms"));
            case "input_audio_buffer.committed" -> committed(message);
            case TRANSCRIPTION + "delta" -> items.delta(id(message), message.getString("delta", ""));
            case TRANSCRIPTION + "completed" -> {
                items.completed(id(message), message.getString("transcript"));
                completeIfDone();
            }
            case TRANSCRIPTION + "failed", "error" -> failed(message);
            default -> line.progress();
        }
    }

    private void configure(JsonObject message) {
        if (configured) {
            return;
        }
        configured = true;
        boolean firstVersion = message.get("session") instanceof JsonObject created
                && created.get("input_audio_format") instanceof JsonString;
        ownTurns |= firstVersion;
        line.say(
                firstVersion
                        ? RealtimeMessages.firstVersionSession(session)
                        : RealtimeMessages.openAiSession(session, RATE, !ownTurns));
    }

    private void updated(JsonObject message) {
        if (ending) {
            turnsEnded();
        } else {
            ownTurns |= hasNoTurns(message.getJsonObject("session"));
            opened = true;
            line.opened();
        }
    }

    /** Servers answer in order: every commit but the last one has its answer. */
    private void turnsEnded() {
        turnsOff = true;
        while (commits.size() > 1) {
            commits.remove();
        }
    }

    /** The server says that it finds no turns, whatever it was asked for. */
    private static boolean hasNoTurns(JsonObject effective) {
        JsonValue turnDetection = effective;
        for (String field : new String[] {"audio", "input", "turn_detection"}) {
            turnDetection = turnDetection instanceof JsonObject object ? object.get(field) : null;
        }
        return JsonValue.NULL.equals(turnDetection);
    }

    private void committed(JsonObject message) {
        String id = id(message);
        boolean own = ownTurns || (ending ? turnsOff : !items.stopped(id));
        Double position = own ? commits.poll() : null;
        items.committed(id, position == null ? line.sentSeconds() : position);
        if (!ownTurns) {
            turns.next();
        }
    }

    /** A commit of nothing is no fault; after any other error it is not known what became of the audio. */
    private void failed(JsonObject message) {
        JsonObject error = message.getJsonObject("error");
        String code = text(error, "code");
        String cause = text(error, "event_id");
        if (code.equals("input_audio_buffer_commit_empty")
                || cause.equals(RealtimeMessages.LAST_COMMIT)
                || text(error, "message").contains("buffer too small")) {
            commits.poll();
            if (ending) {
                items.dropUncommitted();
            }
            completeIfDone();
        } else if (cause.equals(RealtimeMessages.TURNS_OFF)) {
            turnsEnded();
        } else {
            boolean bad = !opened && text(error, "type").equals("invalid_request_error");
            line.fail(RealtimeRecognizer.FAILURES.error(code, !bad));
        }
    }

    @Override
    public Outgoing audio(byte[] pcm) {
        boolean end = turns.hear(pcm);
        if (ownTurns ? end : items.speaking() && turns.seconds() >= LONGEST_TURN_SECONDS) {
            turns.next();
            line.say(RealtimeMessages.commit());
            commits.add(line.sentSeconds());
        }
        return RealtimeMessages.append(converter.convert(pcm));
    }

    @Override
    public void finish() {
        byte[] rest = converter.drain();
        if (rest.length > 0) {
            line.say(RealtimeMessages.append(rest));
        }
        ending = true;
        if (line.sentSeconds() > 0) {
            turnsOff = ownTurns;
            if (!ownTurns) {
                line.say(RealtimeMessages.turnsOff());
            }
            line.say(RealtimeMessages.lastCommit());
            commits.add(line.sentSeconds());
        }
        completeIfDone();
    }

    private void completeIfDone() {
        if (ending && commits.isEmpty() && items.allTold()) {
            line.complete();
        }
    }

    private static String id(JsonObject message) {
        return message.getString("item_id", "");
    }

    private static double seconds(JsonObject message, String field) {
        return message.getJsonNumber(field).doubleValue() / 1e3;
    }

    private static String text(JsonObject object, String field) {
        return object == null ? "" : object.getString(field, "");
    }
}
