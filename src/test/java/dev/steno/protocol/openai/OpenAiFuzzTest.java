package dev.steno.protocol.openai;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steno.protocol.DialogueFuzz;

class OpenAiFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void answers_or_closes_whatever_comes(byte[] input) {
        DialogueFuzz.check(DialogueFuzz.play(input, OpenAiDialogue::new));
    }
}
