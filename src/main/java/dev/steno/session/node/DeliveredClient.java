package dev.steno.session.node;

import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.attachment.Delivery;
import dev.steno.session.attachment.SessionTokens;
import dev.steno.session.recording.RecordingClient;
import java.util.List;
import java.util.function.BiConsumer;

/** The client of a session, as its recording sees it. */
record DeliveredClient(Delivery delivery, SessionTokens tokens, BiConsumer<CloseCode, String> end)
        implements RecordingClient {
    @Override
    public boolean attached() {
        return delivery.attached();
    }

    @Override
    public void send(SessionEvent event) {
        delivery.send(event);
    }

    @Override
    public void tell(SessionEvent event) {
        delivery.tell(event);
    }

    @Override
    public List<String> tokenHashes() {
        return tokens.hashes();
    }

    @Override
    public void onEnded(CloseCode code, String reason) {
        end.accept(code, reason);
    }
}
