package dev.steno.protocol.telephony;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.protocol.DoorLink;
import dev.steno.protocol.JsonMessage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A fork of a call: one JSON object that says what it is, then 16-bit samples. mod_audio_fork sends whatever its user
 * gave it as the first message, so the rate and the channels may also stand in the address.
 *
 * @see <a href="https://github.com/jambonz/freeswitch-modules/tree/main/mod_audio_fork">mod_audio_fork</a>
 * @see <a href="https://docs.jambonz.org/verbs/verbs/listen">listen</a>
 */
final class ForkDialogue extends CallDialogue {
    private static final String RATE = "sampleRate";
    private static final String STEREO = "stereo";

    private boolean started;

    ForkDialogue(DoorLink link) {
        super(link);
    }

    @Override
    public void onText(String frame) {
        Optional<JsonMessage> message = JsonMessage.parse(frame);
        if (message.isEmpty()) {
            refuse("A text message is one JSON object.");
        } else if (!started) {
            begin(message.get());
        } // else DTMF and other news of the call
    }

    private void begin(JsonMessage metadata) {
        int rate = metadata.has(RATE)
                ? metadata.integer(RATE).orElse(0)
                : query("sample_rate").orElse(InputFormat.LOWEST_RATE);
        int channels = metadata.text("mixType").isPresent()
                ? (metadata.text("mixType").get().equals(STEREO) ? 2 : 1)
                : metadata.integer("channels").or(() -> query("channels")).orElse(1);
        Map<String, String> options = new TreeMap<>();
        for (String name : link.description().options()) {
            metadata.text(name).or(() -> link.query(name)).ifPresent(value -> options.put(name, value));
        }
        begin(rate, channels, options);
    }

    private void begin(int rate, int channels, Map<String, String> options) {
        try {
            link.format(new InputFormat(AudioEncoding.PCM, rate, channels));
            started = true;
            start(options);
        } catch (IllegalArgumentException e) {
            refuse(e.getMessage());
        }
    }

    private Optional<Integer> query(String name) {
        return link.query(name).map(value -> {
            try {
                return Integer.valueOf(value);
            } catch (NumberFormatException e) {
                return 0; // refused as a rate, and as a number of channels
            }
        });
    }

    @Override
    public void onBinary(byte[] frame) {
        if (!started) {
            Optional<JsonMessage> nothing = JsonMessage.parse("{}");
            begin(nothing.get());
        }
        link.audio(frame);
    }
}
