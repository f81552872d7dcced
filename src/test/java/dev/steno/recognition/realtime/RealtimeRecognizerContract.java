package dev.steno.recognition.realtime;

import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.remote.RemoteRecognizerContract;
import dev.steno.testing.engine.EngineServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** What holds in every dialect. */
abstract class RealtimeRecognizerContract extends RemoteRecognizerContract {
    private final String dialect;

    RealtimeRecognizerContract(String dialect, boolean hashes) {
        super(hashes);
        this.dialect = dialect;
    }

    @Override
    protected final SpeechRecognizer recognizer(URI server, Map<String, String> others, Executor executor) {
        Map<String, String> values = new HashMap<>();
        values.put("REALTIME_URL", server.toString());
        values.put("REALTIME_API_KEY", EngineServer.KEY);
        values.put("REALTIME_DIALECT", dialect);
        values.putAll(others);
        return TestRealtime.recognizer(values, executor);
    }

    @Override
    protected final int freeStreams(SpeechRecognizer recognizer) {
        return ((RealtimeRecognizer) recognizer).freeStreams();
    }
}
