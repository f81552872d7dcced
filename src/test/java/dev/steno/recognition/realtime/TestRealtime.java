package dev.steno.recognition.realtime;

import dev.steno.configuration.Settings;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.StreamLimits;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Makes the recogniser as the container does. */
public final class TestRealtime {
    private TestRealtime() {}

    public static SpeechRecognizer recognizer(Map<String, String> values, Executor executor) {
        Settings settings = new Settings(key -> Optional.ofNullable(values.get(key)));
        RealtimeRecognizer recognizer = new RealtimeRecognizer(settings, new StreamLimits(settings), () -> executor);
        recognizer.choose();
        return recognizer;
    }
}
