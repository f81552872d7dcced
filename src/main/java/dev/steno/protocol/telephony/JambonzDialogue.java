package dev.steno.protocol.telephony;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.protocol.Dialogue;
import dev.steno.protocol.DoorLink;
import dev.steno.protocol.JsonMessage;
import dev.steno.protocol.Languages;
import dev.steno.protocol.SocketWriter.Kind;
import dev.steno.recognition.PhrasesOption;
import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;
import dev.steno.transcript.TranscriptSegment;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Speech recognition for jambonz: {@code start}, audio, {@code stop} in, transcriptions out. Errors are messages, and
 * the connection then closes with 1000, as jambonz expects it.
 *
 * @see <a href="https://docs.jambonz.org/tutorials/custom-speech">custom speech services</a>
 */
final class JambonzDialogue implements Dialogue {
    private final DoorLink link;
    private boolean started;
    private boolean interim;
    private boolean stopped;
    private String language = "";

    JambonzDialogue(DoorLink link) {
        this.link = link;
    }

    @Override
    public void onText(String frame) {
        Optional<JsonMessage> message = JsonMessage.parse(frame);
        String type = message.flatMap(fields -> fields.text("type")).orElse("");
        switch (type) {
            case "start" -> start(message.get());
            case "stop" -> stop();
            default -> fail("A message is a JSON object whose type is start or stop.");
        }
    }

    private void start(JsonMessage start) {
        if (started) {
            fail("start came twice.");
            return;
        }
        String wanted = start.text("language").orElse("");
        Optional<String> known = Languages.find(wanted, link.description());
        if (known.isEmpty() && !wanted.isEmpty()) {
            fail("The language is none that this server knows.");
            return;
        }
        Optional<InputFormat> format = format(start);
        if (format.isEmpty()) {
            fail("The encoding must be LINEAR16, MULAW or ALAW, and the rate 8000 to 48000.");
            return;
        }
        started = true;
        interim = start.flag("interimResults");
        language = known.orElse(link.description().defaultLanguage());
        link.format(format.get());
        Map<String, String> options = new TreeMap<>();
        known.ifPresent(code -> options.put(CallDialogue.LANGUAGE, code));
        hints(start).ifPresent(phrases -> options.put(PhrasesOption.NAME, phrases));
        if (!options.isEmpty()) {
            link.start(options);
        }
    }

    private static Optional<InputFormat> format(JsonMessage start) {
        AudioEncoding encoding =
                switch (start.text("encoding").orElse("LINEAR16")) {
                    case "LINEAR16" -> AudioEncoding.PCM;
                    case "MULAW" -> AudioEncoding.MULAW;
                    case "ALAW" -> AudioEncoding.ALAW;
                    default -> null;
                };
        int rate = start.has("sampleRateHz") ? start.integer("sampleRateHz").orElse(0) : InputFormat.LOWEST_RATE;
        try {
            return encoding == null ? Optional.empty() : Optional.of(new InputFormat(encoding, rate));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the call expects to hear; only where the engine takes hints. */
    private Optional<String> hints(JsonMessage start) {
        return Optional.of(start)
                .filter(any -> link.description().options().contains(PhrasesOption.NAME))
                .flatMap(fields -> fields.object("options"))
                .map(options -> PhrasesOption.ofHints(options.list("hints")))
                .filter(phrases -> !phrases.isEmpty());
    }

    @Override
    public void onBinary(byte[] frame) {
        if (!started) {
            fail("Audio came before start.");
        } else if (!stopped) {
            link.audio(frame);
        }
    }

    private void stop() {
        stopped = true;
        link.stop();
    }

    @Override
    public void onTooLarge(int length) {
        fail("A message of " + length + " bytes came; at most " + DoorLink.MESSAGE_BYTES + " are taken.");
    }

    private void fail(String message) {
        link.reply(TelephonyMessages.error(message));
        link.end(CloseCode.NORMAL, "error");
    }

    @Override
    public void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.Partial partial && interim) {
            link.reply(Kind.PARTIAL, TelephonyMessages.transcription(partial.text(), language));
        } else if (event instanceof SessionEvent.Final settled) {
            TranscriptSegment segment = settled.segment();
            link.reply(
                    Kind.FINAL,
                    TelephonyMessages.transcription(
                            segment, segment.languageCode().orElse(language)));
        } else if (event instanceof SessionEvent.Problem problem) {
            problem(problem);
        }
    }

    private void problem(SessionEvent.Problem problem) {
        switch (problem.code()) {
            case BAD_OPTION, UNSUPPORTED_LANGUAGE -> fail(problem.message());
            case NO_SPEECH, ARCHIVE_DELAYED -> {} // the call hears no less for it
            default -> {
                if (problem.fatal()) {
                    link.reply(TelephonyMessages.error(problem.message()));
                }
            }
        }
    }

    @Override
    public void onEnd(CloseCode code, String reason) {
        if (code != CloseCode.NORMAL) {
            link.end(CloseCode.NORMAL, reason);
        }
    }
}
