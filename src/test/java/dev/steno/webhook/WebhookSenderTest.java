package dev.steno.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.configuration.Settings;
import dev.steno.testing.WebhookReceiver;
import dev.steno.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed, in order for each recording, at least once, for a day. */
class WebhookSenderTest {
    private final SessionId one = SessionId.random();
    private final SessionId two = SessionId.random();

    @TempDir
    Path folder;

    private WebhookReceiver receiver;
    private Instant now = Instant.now();
    private Outbox outbox;
    private WebhookSender sender;

    @BeforeEach
    void open() throws IOException {
        receiver = new WebhookReceiver();
        outbox = new Outbox(folder.resolve("outbox"));
        sender = sender(outbox, WebhookReceiver.SECRET);
    }

    @AfterEach
    void close() throws IOException {
        outbox.close();
        receiver.close();
    }

    private WebhookSender sender(Outbox from, String secrets) {
        Map<String, String> values = Map.of("WEBHOOK_URL", receiver.url(), "WEBHOOK_SECRET", secrets);
        WebhookSettings settings = WebhookSettings.read(new Settings(key -> Optional.ofNullable(values.get(key))))
                .orElseThrow();
        InstantSource clock = () -> now;
        return new WebhookSender(settings, from, clock);
    }

    private void add(SessionId session, String type) throws IOException {
        outbox.add(WebhookEvent.of(session, type, now, "{\"type\":\"" + type + "\"}"));
        now = now.plusNanos(1_000);
    }

    @Test
    void delivers_in_order_what_the_published_library_verifies() throws IOException {
        add(one, "a");
        add(one, "b");
        sender.deliver();
        sender.deliver();
        assertThat(receiver.types()).containsExactly("a", "b");
        assertThat(receiver.faults()).isEmpty();
        assertThat(sender.delivered()).isEqualTo(2);
    }

    @Test
    void signs_with_every_secret_while_one_is_changed() throws IOException {
        String newer = "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
        sender = sender(outbox, newer + "," + WebhookReceiver.SECRET);
        add(one, "a");
        sender.deliver();
        assertThat(receiver.types()).containsExactly("a");
    }

    @Test
    void keeps_the_order_of_a_recording_and_does_not_hold_up_others() throws IOException {
        receiver.answer(500);
        add(one, "a");
        add(one, "b");
        sender.deliver();
        assertThat(receiver.requests()).isEqualTo(1);
        receiver.answer(200);
        add(two, "c");
        sender.deliver();
        assertThat(receiver.types()).containsExactly("c");
        now = now.plus(Duration.ofSeconds(5));
        sender.deliver();
        assertThat(receiver.types()).containsExactly("c", "a", "b");
    }

    @Test
    void does_not_follow_redirects() throws IOException {
        receiver.answer(302);
        add(one, "a");
        sender.deliver();
        assertThat(receiver.requests()).isEqualTo(1);
        assertThat(sender.failed()).isEqualTo(1);
    }

    @Test
    void tries_again_for_a_day_and_then_gives_up() throws IOException {
        receiver.answer(503);
        add(one, "a");
        Instant began = now;
        while (sender.givenUp() == 0 && now.isBefore(began.plus(Duration.ofDays(2)))) {
            sender.deliver();
            now = now.plus(Duration.ofSeconds(5));
        }
        assertThat(Duration.between(began, now)).isBetween(Duration.ofHours(22), Duration.ofHours(25));
        assertThat(receiver.requests()).isBetween(25, 30);
        assertThat(outbox.files()).isEmpty();
    }

    @Test
    void delivers_after_a_restart_what_is_due_at_once() throws IOException {
        receiver.answer(503);
        add(one, "a");
        sender.deliver();
        outbox.close();
        receiver.answer(200);
        Outbox again = new Outbox(folder.resolve("outbox"));
        try {
            sender(again, WebhookReceiver.SECRET).deliver();
            assertThat(receiver.types()).containsExactly("a");
        } finally {
            again.close();
        }
    }

    @Test
    void lets_one_process_deliver() throws IOException {
        add(one, "a");
        assertThat(outbox.isSender()).isTrue();
        Outbox other = new Outbox(folder.resolve("outbox"));
        sender(other, WebhookReceiver.SECRET).deliver();
        assertThat(receiver.requests()).isZero();
        sender.deliver();
        assertThat(receiver.types()).containsExactly("a");
    }
}
