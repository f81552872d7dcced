package dev.steno.protocol.vosk;

import dev.steno.protocol.Dialogue;
import dev.steno.protocol.DoorLink;
import dev.steno.protocol.JsonMessage;
import dev.steno.protocol.Languages;
import dev.steno.recognition.PhrasesOption;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.transcript.TranscriptSegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * One client of vosk-server. Each binary message, {@code eof} and {@code reset} is answered exactly once and in its
 * order, because many clients send the next message only when they have the answer to the last; nothing else is sent,
 * because they do not expect it.
 *
 * @see <a href="https://github.com/alphacep/vosk-server/blob/master/websocket/asr_server.py">asr_server.py</a>
 */
final class VoskDialogue implements Dialogue {
    /**
     * How far the answers let a client run ahead of real time. vosk-server answers when it has recognised a chunk,
     * which paces clients that send a file; less than the 5 s that the least {@code REPLAY_BUFFER} has.
     */
    private static final Duration AHEAD = Duration.ofSeconds(4);

    private static final String LANGUAGE = "language_code";

    private enum Question {
        CHUNK,
        RESET,
        EOF
    }

    /** @param due when the audio up to here will have lasted in real time, as {@link System#nanoTime} */
    private record Asked(Question question, long due) {}

    private final DoorLink connection;
    private final LongSupplier nanoTime;
    private final Queue<Asked> unanswered = new ArrayDeque<>();
    /** Finals that no answer has carried yet. */
    private final Deque<TranscriptSegment> finals = new ArrayDeque<>();

    private VoskConfig config;
    private String partial = "";
    private boolean begun;
    private boolean ending;
    /** Whether audio came that is not settled. */
    private boolean unsettled;

    private long due;

    VoskDialogue(DoorLink connection, LongSupplier nanoTime) {
        this.connection = connection;
        this.nanoTime = nanoTime;
        due = nanoTime.getAsLong();
        config = VoskConfig.of(connection.query("words").orElse(""));
    }

    @Override
    public void onText(String frame) {
        Optional<JsonMessage> message = JsonMessage.parse(frame);
        if (message.flatMap(object -> object.object("config")).isPresent()) {
            configure(message.get().object("config").get());
        } else if (message.filter(object -> object.flag("eof")).isPresent()) {
            eof();
        } else if (message.filter(object -> object.flag("reset")).isPresent()) {
            reset();
        } else {
            onBinary(new byte[0]);
        }
    }

    private void configure(JsonMessage changed) {
        try {
            VoskConfig wanted = config.with(changed);
            config = begun
                    ? new VoskConfig(config.format(), wanted.words(), wanted.alternatives(), config.phrases())
                    : wanted;
        } catch (IllegalArgumentException e) {
            connection.end(CloseCode.POLICY, e.getMessage());
        }
    }

    @Override
    public void onBinary(byte[] chunk) {
        if (ending) {
            return;
        }
        due = Math.max(due, nanoTime.getAsLong()) + (long) (config.format().seconds(chunk.length) * 1e9);
        unanswered.add(new Asked(Question.CHUNK, due));
        if (chunk.length > 0) {
            begin();
            unsettled = true;
            connection.audio(chunk);
        }
        answer();
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        connection.format(config.format());
        Map<String, String> options = new TreeMap<>();
        Optional<String> language = connection.query(LANGUAGE).filter(code -> !code.isBlank());
        if (language.isPresent()
                && Languages.find(language.get(), connection.description()).isEmpty()) {
            connection.end(CloseCode.POLICY, "The language_code in the address is none that this server knows.");
            return;
        }
        language.flatMap(wanted -> Languages.find(wanted, connection.description()))
                .ifPresent(code -> options.put(LANGUAGE, code));
        String hints = PhrasesOption.ofHints(config.phrases());
        if (!hints.isEmpty() && connection.description().options().contains(PhrasesOption.NAME)) {
            options.put(PhrasesOption.NAME, hints);
        }
        if (!options.isEmpty()) {
            connection.start(options);
        }
    }

    private void reset() {
        if (!ending) {
            unanswered.add(new Asked(Question.RESET, due));
            if (unsettled) {
                connection.pause();
            }
            answer();
        }
    }

    private void eof() {
        if (!ending) {
            ending = true;
            unanswered.add(new Asked(Question.EOF, due));
            answer();
            connection.stop();
        }
    }

    @Override
    public void onTooLarge(int length) {
        connection.end(
                CloseCode.POLICY,
                "A message of " + length + " bytes came; at most " + DoorLink.MESSAGE_BYTES + " are taken.");
    }

    @Override
    public void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.Partial changed) {
            partial = changed.text();
        } else if (event instanceof SessionEvent.Final settled) {
            partial = "";
            finals.add(settled.segment());
        } else if (event instanceof SessionEvent.Status status && status.state() == UpstreamState.PAUSED) {
            unsettled = false;
            answer();
        } else if (event instanceof SessionEvent.Problem problem && isRefusal(problem)) {
            connection.end(CloseCode.POLICY, problem.message());
        }
    }

    /** Nothing was opened. */
    private static boolean isRefusal(SessionEvent.Problem problem) {
        return problem.code() == ErrorCode.BAD_OPTION || problem.code() == ErrorCode.UNSUPPORTED_LANGUAGE;
    }

    @Override
    public void onTick() {
        answer();
    }

    /** Answers what can be answered now, in order. */
    private void answer() {
        while (!unanswered.isEmpty() && isAnswerable(unanswered.peek())) {
            answer(unanswered.remove());
        }
    }

    private boolean isAnswerable(Asked asked) {
        return switch (asked.question()) {
            case CHUNK -> ending || asked.due() - nanoTime.getAsLong() <= AHEAD.toNanos();
            case RESET -> !unsettled;
            case EOF -> false;
        };
    }

    private void answer(Asked asked) {
        if (asked.question() != Question.CHUNK) {
            List<TranscriptSegment> all = new ArrayList<>(finals);
            finals.clear();
            connection.reply(VoskResults.result(all, config));
        } else if (finals.isEmpty()) {
            connection.reply(VoskResults.partial(partial));
        } else {
            connection.reply(VoskResults.result(List.of(finals.remove()), config));
        }
    }

    /** Whatever the reason, nobody is left without an answer. */
    @Override
    public void onEnd(CloseCode code, String reason) {
        while (!unanswered.isEmpty()) {
            answer(unanswered.remove());
        }
    }
}
