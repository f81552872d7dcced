package dev.steno.protocol.telephony;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.protocol.DoorLink;
import dev.steno.protocol.JsonMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One channel of Asterisk: {@code MEDIA_START} names the format, then binary messages are audio. Control messages are
 * plain text, or JSON where the channel is dialled with {@code f(json)}.
 *
 * @see <a href="https://docs.asterisk.org/Configuration/Channel-Drivers/WebSocket/">chan_websocket</a>
 */
final class AsteriskDialogue extends CallDialogue {
    private static final String MEDIA_START = "MEDIA_START";

    /** Asterisk's names of its formats. */
    private static final Map<String, InputFormat> FORMATS = Map.of(
            "ulaw", new InputFormat(AudioEncoding.MULAW, 8_000),
            "alaw", new InputFormat(AudioEncoding.ALAW, 8_000),
            "slin", new InputFormat(AudioEncoding.PCM, 8_000),
            "slin12", new InputFormat(AudioEncoding.PCM, 12_000),
            "slin16", new InputFormat(AudioEncoding.PCM, 16_000),
            "slin24", new InputFormat(AudioEncoding.PCM, 24_000),
            "slin32", new InputFormat(AudioEncoding.PCM, 32_000),
            "slin44", new InputFormat(AudioEncoding.PCM, 44_100),
            "slin48", new InputFormat(AudioEncoding.PCM, 48_000));

    private boolean started;

    AsteriskDialogue(DoorLink link) {
        super(link);
    }

    @Override
    public void onText(String frame) {
        if (frame.stripLeading().startsWith("{")) {
            Optional<JsonMessage> message = JsonMessage.parse(frame);
            String event = message.flatMap(fields -> fields.text("event")).orElse("");
            if (event.isEmpty()) {
                refuse("A control message in JSON is an object with the field event.");
            } else if (event.equals(MEDIA_START)) {
                begin(message.get().text("format").orElse(""));
            }
        } else {
            plain(frame.strip());
        }
    }

    private void plain(String message) {
        String[] parts = message.split("\\s+", -1);
        if (parts[0].equals(MEDIA_START)) {
            Map<String, String> fields = new HashMap<>();
            for (String part : parts) {
                int colon = part.indexOf(':');
                fields.put(part.substring(0, Math.max(0, colon)), part.substring(colon + 1));
            }
            begin(fields.getOrDefault("format", ""));
        } else if (!parts[0].matches("[A-Z_]+")) {
            refuse("This is no control message of chan_websocket.");
        }
    }

    private void begin(String name) {
        InputFormat format = FORMATS.get(name);
        if (started) {
            refuse("MEDIA_START came twice.");
        } else if (format == null) {
            refuse("The format must be one of "
                    + String.join(", ", FORMATS.keySet().stream().sorted().toList()) + ".");
        } else {
            started = true;
            link.format(format);
            Map<String, String> options = new HashMap<>();
            link.description().options().forEach(option -> link.query(option)
                    .ifPresent(value -> options.put(option, value)));
            start(options);
        }
    }

    @Override
    public void onBinary(byte[] frame) {
        if (started) {
            link.audio(frame);
        } else {
            refuse("Audio came before MEDIA_START.");
        }
    }
}
