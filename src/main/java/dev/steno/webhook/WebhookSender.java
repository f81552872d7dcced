package dev.steno.webhook;

import dev.steno.logging.LogEvent;
import dev.steno.transcript.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Delivers what lies in the outbox. Events of one session go in order: while one waits for its next try, those behind
 * it wait too, and other sessions' do not. Used by one thread at a time, which it blocks.
 */
final class WebhookSender {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** Receivers answer at once, says the specification; nobody reads what they say. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(WebhookSender.class.getName());

    private final WebhookSettings settings;
    private final Outbox outbox;
    private final InstantSource clock;
    /**
     * HTTP/1.1: a request of the client's own to change to HTTP/2 would confuse simple receivers, and wins nothing
     * here.
     */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final Map<String, Tries> tries = new HashMap<>();
    private volatile int waiting;

    /** Of one event. A restart forgets them: what is due then goes at once. */
    private record Tries(int failures, Instant next) {}

    WebhookSender(WebhookSettings settings, Outbox outbox, InstantSource clock) {
        this.settings = settings;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Tries what is due. */
    void deliver() throws IOException {
        if (!outbox.isSender()) {
            return;
        }
        List<Path> files = outbox.files().toList();
        Set<SessionId> held = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Path file : files) {
            names.add(file.getFileName().toString());
            Optional<SessionId> session =
                    WebhookEvent.session(file.getFileName().toString());
            if (session.isPresent() && !held.contains(session.get()) && !(isDue(file) && deliver(file))) {
                held.add(session.get());
            }
        }
        tries.keySet().retainAll(names);
        waiting = held.size();
    }

    private boolean isDue(Path file) {
        Tries before = tries.get(file.getFileName().toString());
        return before == null || !clock.instant().isBefore(before.next());
    }

    /** Only what is due is read. @return whether the event is done with */
    private boolean deliver(Path file) throws IOException {
        Optional<WebhookEvent> event = Outbox.read(file);
        return event.isPresent() && deliver(file, event.get());
    }

    private boolean deliver(Path file, WebhookEvent event) throws IOException {
        String problem = post(event);
        if (problem == null) {
            delivered.increment();
            Files.deleteIfExists(file);
            return true;
        }
        failed.increment();
        String name = file.getFileName().toString();
        int failures = 1 + (tries.containsKey(name) ? tries.get(name).failures() : 0);
        Optional<Duration> pause = RetrySchedule.after(failures, Duration.between(event.at(), clock.instant()));
        LogEvent.of("webhook_failed", "A webhook was not delivered: " + problem)
                .session(event.session())
                .with("tries", failures)
                .with("again", pause.map(Duration::toString).orElse("never"))
                .log(LOG, pause.isPresent() && failures > 1 ? Level.DEBUG : Level.WARNING);
        if (pause.isEmpty()) {
            givenUp.increment();
            Files.deleteIfExists(file);
            return true;
        }
        tries.put(name, new Tries(failures, clock.instant().plus(pause.get())));
        return false;
    }

    /** @return what went wrong, without the receiver's own words; null if it took the event */
    private String post(WebhookEvent event) {
        long seconds = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(settings.url())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Steno")
                .header("webhook-id", event.id())
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", Signature.of(settings.secrets(), event.id(), seconds, event.body()))
                .POST(HttpRequest.BodyPublishers.ofString(event.body(), StandardCharsets.UTF_8))
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            int status = response.statusCode();
            return status / 100 == 2 ? null : "the receiver answered " + status + ".";
        } catch (IOException e) {
            return "the receiver does not answer (" + e.getClass().getSimpleName() + "). Check WEBHOOK_URL.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the server goes down.";
        }
    }

    long delivered() {
        return delivered.sum();
    }

    long failed() {
        return failed.sum();
    }

    long givenUp() {
        return givenUp.sum();
    }

    /** Sessions with an event that waits. */
    int waiting() {
        return waiting;
    }
}
