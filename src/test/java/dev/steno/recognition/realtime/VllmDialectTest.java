package dev.steno.recognition.realtime;

import dev.steno.testing.engine.EngineServer;
import dev.steno.testing.engine.Hearing;

class VllmDialectTest extends RealtimeRecognizerContract {
    VllmDialectTest() {
        super("vllm", false);
    }

    @Override
    protected EngineServer server(Hearing.Maker hearing) {
        return EngineServer.vllm(hearing);
    }
}
