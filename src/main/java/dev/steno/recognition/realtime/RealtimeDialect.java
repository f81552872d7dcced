package dev.steno.recognition.realtime;

import dev.steno.recognition.remote.EngineLine;
import dev.steno.recognition.remote.EngineProtocol;
import java.util.Locale;

/** How a server speaks the protocol. */
enum RealtimeDialect {
    /** OpenAI, and servers that do as OpenAI does: speaches, LocalAI, Steno. */
    OPENAI(true) {
        @Override
        EngineProtocol protocol(EngineLine line, RealtimeSession session) {
            return new OpenAiProtocol(line, session);
        }
    },
    /** vLLM, which names its events otherwise and says when nothing becomes final. */
    VLLM(false) {
        @Override
        EngineProtocol protocol(EngineLine line, RealtimeSession session) {
            return new VllmProtocol(line, session);
        }
    },
    /** NeMo-Speech.cpp, which takes audio as it is and tells the times of words. */
    NEMO(true) {
        @Override
        EngineProtocol protocol(EngineLine line, RealtimeSession session) {
            return new NemoProtocol(line, session);
        }
    };

    private final boolean takesPhrases;

    RealtimeDialect(boolean takesPhrases) {
        this.takesPhrases = takesPhrases;
    }

    abstract EngineProtocol protocol(EngineLine line, RealtimeSession session);

    /** Whether it can be told which words to expect. */
    boolean takesPhrases() {
        return takesPhrases;
    }

    static RealtimeDialect named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
