package dev.steno.protocol.telephony;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steno.protocol.DialogueFuzz;
import java.util.Optional;

class TwilioFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void answers_or_closes_whatever_comes(byte[] input) {
        DialogueFuzz.check(DialogueFuzz.play(
                input, link -> new TwilioDialogue(link, true, token -> Optional.empty(), System::nanoTime)));
    }
}
