package dev.steno.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/** What holds for every protocol, whatever a client sends. */
public final class DialogueFuzz {
    /** Begins a message. The byte after it says what it is, so that the fuzzer finds sequences as well as messages. */
    private static final byte BOUNDARY = 0x1E;

    private DialogueFuzz() {}

    /**
     * @param input messages, each after a boundary; one that begins with {@code #} is binary
     * @return the link, to be looked at
     */
    public static RecordedLink play(byte[] input, Function<DoorLink, Dialogue> door) {
        RecordedLink link = new RecordedLink("language_code", "phrases").with("language_code", "en-US");
        Dialogue dialogue = door.apply(link);
        dialogue.onEvent(SessionEvents.connected());
        int from = 0;
        for (int at = 0; at <= input.length && link.closed().isEmpty(); at++) {
            if (at == input.length || input[at] == BOUNDARY) {
                message(dialogue, Arrays.copyOfRange(input, from, at));
                from = at + 1;
            }
        }
        dialogue.onTick();
        return link;
    }

    private static void message(Dialogue dialogue, byte[] message) {
        if (message.length > 0 && message[0] == '#') {
            dialogue.onBinary(Arrays.copyOfRange(message, 1, message.length));
        } else {
            dialogue.onText(new String(message, StandardCharsets.UTF_8));
        }
        dialogue.onEvent(SessionEvents.partial("one", 0, 0.5));
        dialogue.onEvent(SessionEvents.settled("one two", 0, 1));
        dialogue.onEvent(SessionEvents.PAUSED);
    }

    /** Every reply is JSON, and a close has a reason that a close frame can hold. */
    public static void check(RecordedLink link) {
        assertThat(link.replies()).allSatisfy(reply -> assertThat(reply).isNotEmpty());
        link.closed().ifPresent(code -> assertThat(link.reason()).isNotBlank());
    }
}
