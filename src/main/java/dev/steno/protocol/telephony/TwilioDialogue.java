package dev.steno.protocol.telephony;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.caller.Caller;
import dev.steno.protocol.DoorLink;
import dev.steno.protocol.JsonMessage;
import dev.steno.session.CloseCode;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One stream of a call at Twilio.
 *
 * @see <a href="https://www.twilio.com/docs/voice/media-streams/websocket-messages">Twilio's messages</a>
 */
final class TwilioDialogue extends CallDialogue {
    private static final InputFormat FORMAT = new InputFormat(AudioEncoding.MULAW, 8_000);

    /** As for a socket at {@code /ws} that never starts. */
    private static final long START_TIMEOUT_NANOS = Duration.ofMinutes(1).toNanos();

    /** The name of the parameter that holds a token. */
    private static final String TOKEN = "token";

    private final boolean known;
    private final Function<String, Optional<String>> owner;
    private final LongSupplier nanoTime;
    private final long connectedAt;
    /** Null before {@code start}, and where the stream has one track. */
    private TrackMixer mixer;

    private boolean started;

    /**
     * @param known whether nobody needs to ask who calls
     * @param owner whose token a text is
     */
    TwilioDialogue(DoorLink link, boolean known, Function<String, Optional<String>> owner, LongSupplier nanoTime) {
        super(link);
        this.known = known;
        this.owner = owner;
        this.nanoTime = nanoTime;
        connectedAt = nanoTime.getAsLong();
    }

    @Override
    public void onText(String frame) {
        Optional<JsonMessage> message = JsonMessage.parse(frame);
        String event = message.flatMap(fields -> fields.text("event")).orElse("");
        switch (event) {
            case "" -> refuse("A message is a JSON object with the field event.");
            case "start" -> message.get().object("start").ifPresentOrElse(this::start, () -> refuse("start is empty."));
            case "media" -> message.get().object("media").ifPresentOrElse(this::media, () -> refuse("media is empty."));
            case "stop" -> stop();
            default -> {} // connected, mark, dtmf, and what may come
        }
    }

    private void start(JsonMessage start) {
        if (started) {
            refuse("start came twice.");
            return;
        }
        JsonMessage format = start.object("mediaFormat").orElse(null);
        if (format != null && !isTwilios(format)) {
            refuse("The encoding must be audio/x-mulaw, and the rate 8000.");
            return;
        }
        Map<String, String> parameters = new TreeMap<>();
        start.object("customParameters").ifPresent(custom -> custom.names()
                .forEach(name -> custom.text(name).ifPresent(value -> parameters.put(name, value))));
        Optional<Caller> caller = caller(parameters.remove(TOKEN));
        if (caller.isEmpty()) {
            refuse("The parameter token is missing or none of this server's.");
            return;
        }
        started = true;
        mixer = start.list("tracks").size() > 1 ? new TrackMixer() : null;
        link.join(caller.get());
        link.format(mixer == null ? FORMAT : TrackMixer.FORMAT);
        start(parameters);
    }

    private static boolean isTwilios(JsonMessage format) {
        return "audio/x-mulaw".equals(format.text("encoding").orElse(""))
                && (!format.has("sampleRate") || format.integer("sampleRate").orElse(0) == FORMAT.sampleRateHertz());
    }

    private Optional<Caller> caller(String token) {
        Optional<Caller> named = Optional.ofNullable(token)
                .flatMap(owner)
                .map(name -> new Caller(name, link.caller().place()));
        return named.isPresent() || !known ? named : Optional.of(link.caller());
    }

    private void media(JsonMessage media) {
        if (!started) {
            refuse("media came before start.");
            return;
        }
        byte[] payload;
        try {
            payload = Base64.getDecoder().decode(media.text("payload").orElse(""));
        } catch (IllegalArgumentException e) {
            refuse("The payload is not base64.");
            return;
        }
        if (mixer == null) {
            link.audio(payload);
        } else {
            link.audio(mixer.add(media.text("track").orElse("").equals("outbound"), payload));
        }
    }

    private void stop() {
        if (!started) {
            link.end(CloseCode.NORMAL, "stopped");
            return;
        }
        if (mixer != null) {
            link.audio(mixer.drain());
        }
        link.stop();
    }

    @Override
    public void onBinary(byte[] frame) {
        refuse("Messages are text.");
    }

    @Override
    public void onTick() {
        if (!started && nanoTime.getAsLong() - connectedAt >= START_TIMEOUT_NANOS) {
            refuse("No start came.");
        }
    }
}
