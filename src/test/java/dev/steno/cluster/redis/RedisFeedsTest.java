package dev.steno.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.archive.SharedJournal;
import dev.steno.audience.LinkStore;
import dev.steno.audience.LinkStore.Entry;
import dev.steno.audience.LinkStore.State;
import dev.steno.audience.SharedFeeds;
import dev.steno.audience.SharedFeeds.News;
import dev.steno.audience.SharedFeeds.Part;
import dev.steno.audience.SharedFeeds.Position;
import dev.steno.audience.SharedFeeds.Readers;
import dev.steno.testing.Wait;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What the nodes tell each other for readers. */
class RedisFeedsTest extends RedisFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Position START = new Position(0, 0);
    private static final String TOKEN = "A".repeat(22);

    private final SessionId session = SessionId.random();
    private final Heard heard = new Heard();

    /** One node. */
    private record Side(Node node, RedisJournals journals, SharedFeeds feeds) {}

    private static final class Heard implements SharedFeeds.Follower {
        private final List<String> news = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onPartial(int segment, String text) {
            news.add(segment + " " + text);
        }

        @Override
        public void onNews() {
            news.add("news");
        }
    }

    private Side side() {
        Node node = node();
        RedisJournals journals = new RedisJournals(
                new RedisRecordings(node.store(), node.keys(), node.settings()), node.heart(), Runnable::run);
        RedisFeeds.Access access =
                new RedisFeeds.Access(node.settings().node(), node.store(), node.keys(), node.heart());
        Side side = new Side(node, journals, new RedisFeeds(access, journals, Runnable::run));
        node.heart().beat();
        Wait.until(PATIENCE, () -> "the store", node.heart()::answers);
        return side;
    }

    private static String line(int segment) {
        String json = "{\"type\":\"segment\",\"segment\":" + segment + ",\"text\":\"text " + segment
                + "\",\"start\":0,\"end\":1,\"words\":[]}";
        CRC32C crc = new CRC32C();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue()) + " " + json;
    }

    @Test
    void finds_links_of_other_nodes_and_hears_of_changes() throws Exception {
        LinkStore here = side().feeds().links(Duration.ofHours(1));
        Side other = side();
        LinkStore there = other.feeds().links(Duration.ofHours(1));
        List<String> changed = Collections.synchronizedList(new ArrayList<>());
        other.feeds().onLinkChanged(changed::add);
        assertThat(get(there.find(TOKEN))).isEmpty();
        Wait.until(PATIENCE, () -> "the change", () -> {
            here.save(new Entry(TOKEN, true, session, State.ENDED, System.currentTimeMillis(), Optional.empty()));
            here.save(new Entry(TOKEN, true, session, State.OPEN, System.currentTimeMillis(), Optional.empty()));
            return changed.contains(TOKEN);
        });
        Wait.until(PATIENCE, () -> "an open link", () -> state(there) == State.OPEN);
        assertThat(get(there.showing(session))).extracting(Entry::token).containsExactly(TOKEN);

        SessionId next = SessionId.random();
        there.save(new Entry(TOKEN, true, next, State.OPEN, System.currentTimeMillis(), Optional.empty()));
        get(there.find(TOKEN)); // answers come in order
        here.save(new Entry(TOKEN, true, session, State.ENDED, System.currentTimeMillis(), Optional.of("x.txt")));
        Entry room = get(here.find(TOKEN)).orElseThrow();
        assertThat(room.session()).as("the room shows another recording by now").isEqualTo(next);
        assertThat(room.state()).isEqualTo(State.OPEN);
        there.save(new Entry(TOKEN, true, next, State.ENDED, System.currentTimeMillis() - 5_000, Optional.of("y.txt")));
        room = get(there.find(TOKEN)).orElseThrow();
        assertThat(room.key()).contains("y.txt");
        assertThat(System.currentTimeMillis() - room.changedAt()).isBetween(5_000L, 60_000L);
    }

    private static State state(LinkStore links) {
        return links.find(TOKEN).toCompletableFuture().join().map(Entry::state).orElse(State.DEAD);
    }

    @Test
    void reads_finals_from_the_journal_and_hears_partials_of_the_owner_only() throws Exception {
        Side here = side();
        Side there = side();
        SharedJournal journal = here.journals().open(session, "ada");
        get(journal.append(List.of(line(0))));
        journal.tokens(List.of("t"));
        there.feeds().follow(session, heard);
        Wait.until(PATIENCE, heard.news::toString, () -> {
            here.feeds().publish(session, new News.Partial(1, "so far"));
            return heard.news.contains("1 so far");
        });
        here.feeds().publish(session, new News.State("paused"));
        here.feeds().publish(session, new News.Translated(0, "fr", "texte 0"));
        Wait.until(PATIENCE, heard.news::toString, () -> heard.news.contains("news"));
        Part part = get(there.feeds().read(session, START));
        assertThat(part.finals()).extracting(TranscriptSegment::text).containsExactly("text 0");
        assertThat(part.state()).isEqualTo("paused");
        assertThat(part.translations()).containsExactly(new News.Translated(0, "fr", "texte 0"));
        get(journal.append(List.of(line(1))));
        Part rest = get(there.feeds().read(session, part.next()));
        assertThat(rest.finals()).extracting(TranscriptSegment::text).containsExactly("text 1");
        assertThat(rest.translations()).as("known already").isEmpty();

        assertThat(get(there.journals().take("t", "ada"))).isPresent();
        here.feeds().publish(session, new News.Partial(2, "of a former owner"));
        Wait.until(PATIENCE, heard.news::toString, () -> {
            there.feeds().publish(session, new News.Partial(2, "of the owner"));
            return heard.news.contains("2 of the owner");
        });
        assertThat(heard.news).doesNotContain("2 of a former owner");
        assertThat(keysWithoutEnd(here)).isEmpty();
    }

    @Test
    void reads_a_long_recording_in_parts() throws Exception {
        Side here = side();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            lines.add(line(i));
        }
        get(here.journals().open(session, "ada").append(lines));
        List<TranscriptSegment> finals = new ArrayList<>();
        Part part = get(here.feeds().read(session, START));
        finals.addAll(part.finals());
        while (part.more()) {
            part = get(here.feeds().read(session, part.next()));
            finals.addAll(part.finals());
        }
        assertThat(finals)
                .extracting(TranscriptSegment::number)
                .hasSize(900)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void counts_readers_of_all_nodes_and_agrees_on_one_key() throws Exception {
        Side here = side();
        Side there = side();
        get(there.feeds().readers(Map.of(session, new Readers(3, Set.of("fr", "de"))), Set.of()));
        get(side().feeds().readers(Map.of(session, new Readers(2, Set.of())), Set.of()));
        Map<SessionId, Readers> elsewhere = get(here.feeds().readers(Map.of(), Set.of(session, SessionId.random())));
        assertThat(elsewhere.get(session)).isEqualTo(new Readers(5, Set.of("fr", "de")));
        assertThat(elsewhere.values()).contains(new Readers(0, Set.of()));

        byte[] key = get(here.feeds().key(new byte[] {1}));
        assertThat(get(there.feeds().key(new byte[] {2}))).isEqualTo(key);
        assertThat(keysWithoutEnd(here)).isEmpty();
    }

    /** Everything in the store expires by itself. */
    private static List<String> keysWithoutEnd(Side side) throws Exception {
        List<String> endless = new ArrayList<>();
        for (String key : get(side.node().store().ask(commands -> commands.keys("*")))) {
            if (get(side.node().store().ask(commands -> commands.pttl(key))) == -1) {
                endless.add(key);
            }
        }
        return endless;
    }
}
