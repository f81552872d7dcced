package dev.steno.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Several {@link SteadySpeaker}s at once, and what must have become of the recording of each. */
public final class SteadySpeakers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** No two say the same. */
    private static final AtomicInteger SEEDS = new AtomicInteger();

    private final Supplier<URI> server;
    private final List<SteadySpeaker> speakers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param server where Steno is now */
    public SteadySpeakers(Supplier<URI> server) {
        this.server = server;
    }

    /** @param seconds of audio that there is at most */
    public SteadySpeaker add(int seconds) {
        SteadySpeaker speaker = new SteadySpeaker(server, SEEDS.incrementAndGet(), seconds);
        speakers.add(speaker);
        return speaker;
    }

    public List<SteadySpeaker> all() {
        return List.copyOf(speakers);
    }

    public void start() {
        speakers.forEach(speaker -> threads.add(new Thread(speaker, "steady-speaker")));
        threads.forEach(Thread::start);
    }

    /** Until everybody is connected for the n-th time, and was heard since now. */
    public void awaitFinals(int number, Supplier<String> log) {
        List<Integer> before =
                speakers.stream().map(each -> each.finals().size()).toList();
        Wait.until(
                PATIENCE,
                () -> "words of all "
                        + speakers.stream().map(SteadySpeaker::faults).toList() + log.get(),
                () -> {
                    for (int i = 0; i < speakers.size(); i++) {
                        SteadySpeaker speaker = speakers.get(i);
                        if (!speaker.attached()
                                || speaker.sessionIds().size() < number
                                || speaker.finals().size() <= before.get(i)) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /** Until all recordings have ended and are saved. */
    public void finish() throws InterruptedException {
        speakers.forEach(SteadySpeaker::stop);
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
        }
    }

    /**
     * One session and one file for each; every byte heard once and in order; the same words for the client and in the
     * file.
     */
    public void assertWhole(int connections) {
        speakers.forEach(speaker -> assertWhole(speaker, connections));
    }

    private static void assertWhole(SteadySpeaker speaker, int connections) {
        assertThat(speaker.faults()).isEmpty();
        assertThat(speaker.saved()).as("saved").isNotNull();
        assertThat(speaker.sessionIds())
                .hasSizeGreaterThanOrEqualTo(connections)
                .containsOnly(speaker.sessionIds().get(0));
        List<JsonObject> finals = speaker.finals();
        assertThat(finals.stream().map(heard -> heard.getInt("segment")))
                .containsExactlyElementsOf(
                        IntStream.range(0, finals.size()).boxed().toList());
        assertThat(speaker.wrongFinals()).isEmpty();
        assertThat(Path.of(speaker.saved().getString("location"))).hasContent(String.join("\n", texts(finals)) + "\n");
    }

    public static List<String> texts(List<JsonObject> finals) {
        return finals.stream().map(heard -> heard.getString("text")).toList();
    }

    /** From the loss of a connection to the next transcript, for all of them, shortest first. */
    public List<Duration> silences() {
        return speakers.stream()
                .flatMap(each -> each.silences().stream())
                .sorted()
                .toList();
    }

    /** Everybody goes, without a word to the server. */
    public void leave() {
        threads.forEach(Thread::interrupt);
    }

    @Override
    public void close() {
        leave();
    }
}
