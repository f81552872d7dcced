package dev.steno.recognition.vosk;

import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.remote.RemoteRecognizerContract;
import dev.steno.testing.engine.EngineServer;
import dev.steno.testing.engine.Hearing;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

class VoskRecognizerTest extends RemoteRecognizerContract {
    VoskRecognizerTest() {
        super(true);
    }

    @Override
    protected EngineServer server(Hearing.Maker hearing) {
        return EngineServer.vosk(hearing);
    }

    @Override
    protected SpeechRecognizer recognizer(URI server, Map<String, String> others, Executor executor) {
        Map<String, String> values = new HashMap<>(others);
        values.put("VOSK_URL", server.toString());
        return TestVosk.recognizer(values, executor);
    }

    @Override
    protected int freeStreams(SpeechRecognizer recognizer) {
        return ((VoskRecognizer) recognizer).freeStreams();
    }
}
