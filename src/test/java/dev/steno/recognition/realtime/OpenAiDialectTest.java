package dev.steno.recognition.realtime;

import dev.steno.testing.engine.EngineServer;
import dev.steno.testing.engine.Hearing;

class OpenAiDialectTest extends RealtimeRecognizerContract {
    OpenAiDialectTest() {
        super("openai", false);
    }

    @Override
    protected EngineServer server(Hearing.Maker hearing) {
        return EngineServer.openAi(hearing);
    }
}
