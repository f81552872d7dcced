package dev.steno.recognition.realtime;

import dev.steno.testing.engine.EngineServer;
import dev.steno.testing.engine.Hearing;

class NemoDialectTest extends RealtimeRecognizerContract {
    NemoDialectTest() {
        super("nemo", true);
    }

    @Override
    protected EngineServer server(Hearing.Maker hearing) {
        return EngineServer.nemo(hearing);
    }
}
