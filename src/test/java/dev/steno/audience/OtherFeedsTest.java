package dev.steno.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.audience.LinkStore.Entry;
import dev.steno.audience.LinkStore.State;
import dev.steno.cluster.StoreAwayException;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A node whose readers follow a recording of another one. */
class OtherFeedsTest {
    private static final String TOKEN = "A".repeat(22);
    private static final long SECOND = 1_000_000_000L;

    private final SessionId session = SessionId.random();
    private final Nodes nodes = new Nodes();
    private final Links links = new Links(new Tokens(new byte[32]), Runnable::run, 3_600 * SECOND, nodes.links(null));
    private final OtherFeeds others = new OtherFeeds(links, new ArchivedFeeds(null), nodes);

    /** What other nodes say, at once. */
    private static final class Nodes implements SharedFeeds {
        private final List<TranscriptSegment> finals = new ArrayList<>();
        private Entry entry;
        private boolean away;
        private boolean ended;
        private Follower follower;
        private Consumer<String> changes;
        private Map<SessionId, Readers> told = Map.of();

        private void say(String text) {
            finals.add(new TranscriptSegment(finals.size(), text, 0, 1, List.of()));
            if (follower != null) {
                follower.onNews();
            }
        }

        private void change(Entry now) {
            entry = now;
            changes.accept(now.token());
        }

        @Override
        public boolean shared() {
            return true;
        }

        @Override
        public LinkStore links(Duration linger) {
            return new LinkStore() {
                @Override
                public CompletionStage<Optional<Entry>> find(String token) {
                    return away
                            ? CompletableFuture.failedStage(new IllegalStateException("away"))
                            : CompletableFuture.completedStage(Optional.ofNullable(entry));
                }
            };
        }

        @Override
        public CompletionStage<byte[]> key(byte[] offered) {
            return CompletableFuture.completedStage(offered);
        }

        @Override
        public void onLinkChanged(Consumer<String> listener) {
            changes = listener;
        }

        @Override
        public void publish(SessionId recording, News news) {}

        @Override
        public void follow(SessionId recording, Follower by) {
            follower = by;
        }

        @Override
        public void unfollow(SessionId recording) {
            follower = null;
        }

        @Override
        public CompletionStage<Part> read(SessionId recording, Position from) {
            if (away) {
                return CompletableFuture.failedStage(new IllegalStateException("away"));
            }
            int first = (int) from.lines();
            int next = Math.min(first + 2, finals.size());
            List<TranscriptSegment> part = finals.subList(Math.min(first, next), next);
            return CompletableFuture.completedStage(new Part(
                    true,
                    Optional.empty(),
                    part,
                    List.of(),
                    "streaming",
                    ended,
                    new Position(next, 0),
                    next < finals.size()));
        }

        @Override
        public CompletionStage<Map<SessionId, Readers>> readers(Map<SessionId, Readers> here, Set<SessionId> own) {
            told = here;
            return CompletableFuture.completedStage(Map.of());
        }
    }

    private Entry entry(State state, long ageSeconds) {
        long since = System.currentTimeMillis() - ageSeconds * 1_000;
        return new Entry(TOKEN, false, session, state, since, Optional.empty());
    }

    private Reader reader() throws StoreAwayException {
        return Reader.of(others.find(TOKEN).orElseThrow());
    }

    @Test
    void shows_a_recording_of_another_node_from_its_beginning_to_its_end() throws Exception {
        nodes.entry = entry(State.OPEN, 0);
        List.of("one", "two", "three", "four", "five").forEach(nodes::say);
        Reader reader = reader();
        Reader.Event snapshot = reader.read().get(0);
        assertThat(snapshot.data().getJsonArray("finals")).hasSize(5);
        assertThat(snapshot.data().getString("state")).isEqualTo("streaming");
        nodes.follower.onPartial(5, "si");
        nodes.say("six");
        assertThat(reader.names()).containsExactly("final");
        nodes.follower.onPartial(6, "se");
        nodes.follower.onPartial(9, "of a segment that cannot come yet");
        assertThat(reader.read())
                .singleElement()
                .matches(event -> event.data().getString("text").equals("se"));
        nodes.finals.add(new TranscriptSegment(6, "seven", 0, 1, List.of()));
        nodes.change(entry(State.ENDED, 0));
        assertThat(reader.names()).containsExactly("final", "end");
        assertThat(nodes.follower)
                .as("a recording that is over is not followed")
                .isNull();
        assertThat(reader().read().get(0).data().getJsonArray("finals")).hasSize(7);
    }

    @Test
    void tells_readers_of_a_link_that_died_at_another_node() throws Exception {
        nodes.entry = entry(State.OPEN, 0);
        Reader reader = reader();
        reader.read();
        nodes.change(entry(State.DEAD, 0));
        assertThat(reader.read())
                .singleElement()
                .matches(event -> event.data().getString("reason").equals("unshared"));
        assertThat(others.find(TOKEN)).isEmpty();
        assertThat(links.isDead(TOKEN)).isTrue();
    }

    @Test
    void does_not_take_a_link_for_unknown_while_nobody_can_be_asked() throws Exception {
        nodes.away = true;
        assertThatThrownBy(() -> others.find(TOKEN)).isInstanceOf(StoreAwayException.class);
        nodes.away = false;
        assertThat(others.find(TOKEN)).isEmpty();
        nodes.entry = entry(State.ENDED, 3_601);
        assertThat(others.find(TOKEN)).as("its time is over").isEmpty();
        assertThat(links.isDead(TOKEN)).isTrue();
    }

    @Test
    void ends_a_recording_whose_node_is_gone_and_that_another_one_archived() throws Exception {
        nodes.entry = entry(State.OPEN, 0);
        nodes.say("one");
        Reader reader = reader();
        reader.read();
        nodes.ended = true;
        nodes.follower.onNews();
        long now = System.nanoTime();
        others.tick(now, List.of());
        assertThat(reader.names()).isEmpty();
        others.tick(now + 10 * SECOND, List.of());
        assertThat(reader.read())
                .singleElement()
                .matches(event -> event.data().getString("reason").equals("saved"));
    }

    @Test
    void forgets_what_nobody_reads() throws Exception {
        nodes.entry = entry(State.OPEN, 0);
        reader();
        others.tick(System.nanoTime(), List.of());
        assertThat(nodes.told).containsOnlyKeys(session);
        others.tick(System.nanoTime() + 61 * SECOND, List.of());
        assertThat(links.size()).isZero();
        assertThat(nodes.follower).isNull();
    }

    @Test
    void shows_anew_what_goes_on_without_finals_that_only_this_node_had() throws Exception {
        nodes.say("one");
        Reader reader = leave("one", "two");
        nodes.say("two and a half");
        assertThat(reader.read()).extracting(Reader.Event::name).containsExactly("snapshot");
        nodes.follower.onPartial(2, "goes on");
        assertThat(reader.names()).containsExactly("partial");
    }

    @Test
    void goes_on_with_the_same_readers_when_another_node_takes_a_recording_over() throws Exception {
        nodes.say("one");
        nodes.say("two");
        Reader reader = leave("one", "two");
        nodes.say("three");
        assertThat(reader.names()).contains("final").doesNotContain("snapshot", "end");
        Feed feed = others.take(session).orElseThrow();
        assertThat(feed.size()).as("this node has it again").isEqualTo(3);
        assertThat(nodes.follower).isNull();
    }

    /** A reader of this node's own recording, which another node took. */
    private Reader leave(String... said) {
        Shared shared = new Shared(session, new Feed(links.nameOf(session)), null, nodes);
        Link link = links.open("ada", Optional.empty()).orElseThrow();
        links.shown(link, session);
        shared.add(link);
        for (String text : said) {
            shared.feed().partial(shared.feed().size(), text.substring(0, 1));
            shared.feed().add(new TranscriptSegment(shared.feed().size(), text, 0, 1, List.of()));
        }
        shared.feed().partial(shared.feed().size(), "th");
        Reader reader = Reader.of(link);
        reader.read();
        others.leave(shared);
        return reader;
    }
}
