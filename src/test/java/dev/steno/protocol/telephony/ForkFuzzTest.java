package dev.steno.protocol.telephony;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steno.protocol.DialogueFuzz;

class ForkFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void answers_or_closes_whatever_comes(byte[] input) {
        DialogueFuzz.check(DialogueFuzz.play(input, ForkDialogue::new));
    }
}
