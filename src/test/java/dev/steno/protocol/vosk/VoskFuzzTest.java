package dev.steno.protocol.vosk;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steno.protocol.DialogueFuzz;

class VoskFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void answers_or_closes_whatever_comes(byte[] input) {
        DialogueFuzz.check(DialogueFuzz.play(input, link -> new VoskDialogue(link, System::nanoTime)));
    }
}
