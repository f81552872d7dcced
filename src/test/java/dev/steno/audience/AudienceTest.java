package dev.steno.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.archive.StoredTranscript;
import dev.steno.caller.Caller;
import dev.steno.session.RecordingListener;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionObserver.Outcome;
import dev.steno.session.Sharing;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.translation.DailyCharacters;
import dev.steno.translation.TranslationObserver;
import dev.steno.translation.TranslationSettings;
import dev.steno.translation.Translations;
import dev.steno.translation.Translator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Links: who gets one, what it opens, and when it is dead. */
class AudienceTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final String BASE = "https://example.org/steno";

    /** Answers at once, unless it is out of order. */
    private final Translator translator = new Translator() {
        @Override
        public String description() {
            return "a test";
        }

        @Override
        public int batch() {
            return 1;
        }

        @Override
        public CompletionStage<List<String>> translate(List<String> texts, String source, String target) {
            if (outage) {
                return new CompletableFuture<>();
            }
            asked.add(texts.get(0) + " " + source + ">" + target);
            return CompletableFuture.completedFuture(List.of(target + " " + texts.get(0)));
        }
    };

    private final Translations translations = new Translations(
            new TranslationSettings("libretranslate", List.of(), OptionalLong.empty()),
            Optional.of(translator),
            new DailyCharacters(OptionalLong.empty(), Optional.empty(), InstantSource.system(), Runnable::run),
            null,
            TranslationObserver.NONE);
    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> archived = new TreeMap<>();
    private boolean outage;
    private final Tokens tokens = new Tokens(new byte[32]);
    private final List<LinkStore.Entry> remembered = new ArrayList<>();
    private final LinkStore store = new LinkStore() {
        @Override
        public List<Entry> load() {
            return List.copyOf(remembered);
        }

        @Override
        public void save(Entry entry) {
            delete(entry.token());
            remembered.add(entry);
        }

        @Override
        public void delete(String token) {
            remembered.removeIf(entry -> entry.token().equals(token));
        }
    };
    private Links links = new Links(tokens, Runnable::run, HOUR, store);
    private Audience audience = audience(true);
    private final List<SessionEvent> told = new ArrayList<>();
    private final SessionId session = SessionId.random();

    private Audience audience(boolean sharing) {
        return new Audience(
                new AudienceSettings(sharing, Duration.ofHours(1), 10),
                links,
                translations,
                this::archived,
                new OtherFeeds(links, new ArchivedFeeds(null), SharedFeeds.NONE),
                () -> {});
    }

    private void archived(StoredTranscript transcript, SessionId of, String language, String webVtt) {
        archived.put(transcript.stem() + "." + language, webVtt);
    }

    private Sharing.Recorder recorder(SessionId of) {
        return new Sharing.Recorder(of, new Caller("ann", ""), BASE, told::add);
    }

    private static RecordingListener.Description description(SessionId of) {
        return new RecordingListener.Description(of, "sphinx", "en-US", new Caller("ann", ""), Map.of());
    }

    private void end(SessionId of) {
        audience.recordings()
                .onEnded(
                        description(of),
                        new RecordingListener.Ending(
                                Outcome.SAVED,
                                Optional.empty(),
                                Optional.of(new StoredTranscript("20261126_120000.txt", "x"))));
        audience.onClosed(of);
    }

    private String lastUrl() {
        return ((SessionEvent.Share) told.get(told.size() - 1)).url();
    }

    private String share(SessionId of, String room) {
        audience.share(recorder(of), Optional.ofNullable(room));
        assertThat(lastUrl()).matches(BASE + "/live/[A-Za-z0-9_-]{22}");
        return lastUrl().substring((BASE + "/live/").length());
    }

    private void say(SessionId of, String text, int number) {
        audience.recordings()
                .onEvent(description(of), new SessionEvent.Final(new TranscriptSegment(number, text, 0, 1, List.of())));
    }

    @Test
    void shares_what_was_said_before_and_what_comes() {
        audience.recordings().onStarted(description(session));
        say(session, "one", 0);
        String token = share(session, null);
        assertThat(share(session, null)).as("asked again").isEqualTo(token);
        Reader reader = Reader.of(links.find(token).orElseThrow());
        assertThat(reader.read().get(0).data().getJsonArray("finals")).hasSize(1);
        audience.recordings().onEvent(description(session), new SessionEvent.Partial(1, "tw", 1, 2));
        audience.recordings()
                .onEvent(description(session), new SessionEvent.Status(UpstreamState.PAUSED, "sphinx", "en-US"));
        audience.recordings()
                .onEvent(description(session), new SessionEvent.Status(UpstreamState.STOPPING, "sphinx", "en-US"));
        assertThat(reader.names()).containsExactly("status", "partial");
        end(session);
        assertThat(reader.names()).containsExactly("end");
    }

    @Test
    void an_unshared_link_is_dead_and_the_next_one_is_another() {
        String token = share(session, null);
        audience.unshare(session);
        assertThat(links.find(token)).isEmpty();
        assertThat(links.isDead(token)).isTrue();
        assertThat(share(session, null)).isNotEqualTo(token);
        assertThat(links.isDead("anything")).isFalse();
    }

    @Test
    void a_link_lingers_after_the_end_and_then_is_dead() {
        String token = share(session, null);
        Reader reader = Reader.of(links.find(token).orElseThrow());
        end(session);
        audience.tick(System.nanoTime());
        assertThat(links.find(token)).isPresent();
        audience.tick(System.nanoTime() + HOUR);
        assertThat(links.find(token)).isEmpty();
        assertThat(links.isDead(token)).isTrue();
        assertThat(reader.names()).isNotEmpty();
    }

    @Test
    void a_room_keeps_its_link_and_lives_again_after_it_was_dead() {
        String token = share(session, "sunday");
        end(session);
        SessionId next = SessionId.random();
        assertThat(share(next, "sunday")).isEqualTo(token);
        audience.tick(System.nanoTime() + HOUR);
        assertThat(links.find(token)).as("in use again").isPresent();
        audience.unshare(next);
        assertThat(links.isDead(token)).isTrue();
        assertThat(share(next, "sunday")).isEqualTo(token);
        assertThat(links.isDead(token)).isFalse();
        assertThat(share(next, "monday")).isNotEqualTo(token);
        assertThat(tokens.ofRoom("bob", "sunday")).isNotEqualTo(token);
        assertThat(new Tokens(new byte[] {1}).ofRoom("ann", "sunday")).isNotEqualTo(token);
    }

    @Test
    void a_recording_whose_room_another_one_took_leaves_that_room_alone() {
        String token = share(session, "sunday");
        SessionId next = SessionId.random();
        assertThat(share(next, "sunday")).isEqualTo(token);
        assertThat(share(session, null)).as("no link of its own is left").isNotEqualTo(token);
        audience.unshare(session);
        assertThat(links.find(token)).isPresent();
        end(session);
        audience.tick(System.nanoTime() + HOUR);
        assertThat(links.find(token)).as("its own recording goes on").isPresent();
        assertThat(remembered)
                .filteredOn(entry -> entry.token().equals(token))
                .singleElement()
                .satisfies(entry -> assertThat(entry.state()).isEqualTo(LinkStore.State.OPEN));
    }

    @Test
    void a_recording_has_ten_links_at_once_and_a_hundred_in_all() {
        for (int i = 0; i < 10; i++) {
            share(session, "room " + i);
        }
        audience.share(recorder(session), Optional.of("one too many"));
        assertThat(told.get(told.size() - 1)).isInstanceOf(SessionEvent.Problem.class);
        assertThat(share(session, "room 3")).isEqualTo(tokens.ofRoom("ann", "room 3"));
        for (int i = 10; i < 100; i++) {
            audience.unshare(session);
            share(session, null);
        }
        audience.unshare(session);
        audience.share(recorder(session), Optional.empty());
        assertThat(told.get(told.size() - 1)).isInstanceOf(SessionEvent.Problem.class);
    }

    @Test
    void links_by_which_there_is_nothing_to_read_make_room_for_others() {
        links = new Links(tokens, Runnable::run, HOUR, LinkStore.NONE);
        audience = audience(true);
        String used = share(session, null);
        say(session, "one", 0);
        end(session);
        for (int i = 0; i < 10_010; i++) {
            SessionId idle = SessionId.random();
            share(idle, null);
            audience.onClosed(idle);
        }
        assertThat(links.size()).isEqualTo(10_000);
        assertThat(links.find(used)).isPresent();
    }

    @Test
    void start_shares_when_it_says_so() {
        audience.onStarted(recorder(session), Map.of());
        assertThat(told).isEmpty();
        audience.onStarted(recorder(session), Map.of("share", "false", "room", "sunday"));
        assertThat(told).isEmpty();
        audience.onStarted(recorder(session), Map.of("share", "true", "room", "sunday"));
        assertThat(lastUrl()).endsWith("/live/" + tokens.ofRoom("ann", "sunday"));
    }

    @Test
    void refuses_options_that_make_no_sense() {
        assertThat(audience.refusal(Map.of("share", "true", "room", "sunday"))).isEmpty();
        assertThat(audience.refusal(Map.of("share", "maybe"))).isPresent();
        assertThat(audience.refusal(Map.of("room", " "))).isPresent();
        assertThat(audience.refusal(Map.of("room", "x".repeat(101)))).isPresent();
        audience.share(recorder(session), Optional.of(""));
        assertThat(told).singleElement().isInstanceOf(SessionEvent.Problem.class);
    }

    @Test
    void shares_nothing_on_a_server_that_must_not() {
        Audience off = audience(false);
        assertThat(off.refusal(Map.of("share", "true"))).isPresent();
        assertThat(off.refusal(Map.of("room", "sunday"))).isPresent();
        assertThat(off.refusal(Map.of("share", "false"))).isEmpty();
        off.share(recorder(session), Optional.empty());
        assertThat(told).singleElement().satisfies(event -> assertThat(
                        ((SessionEvent.Problem) event).code().wireName())
                .isEqualTo("bad_option"));
    }

    @Test
    void a_session_that_never_recorded_leaves_no_open_link() {
        String token = share(session, null);
        audience.onClosed(session);
        assertThat(Reader.of(links.find(token).orElseThrow()).names()).containsExactly("snapshot", "end");
    }

    @Test
    void a_link_goes_on_with_its_recording_after_a_restart() {
        audience.recordings().onStarted(description(session));
        String token = share(session, null);
        String room = share(session, "sunday");
        say(session, "one", 0);
        restart();
        assertThat(Reader.of(links.find(token).orElseThrow()).names()).containsExactly("snapshot");
        audience.recordings()
                .onRestored(description(session), List.of(new TranscriptSegment(0, "one", 0, 1, List.of())));
        Reader reader = new Reader(links.find(token).orElseThrow(), null, tokens.nameOf(session) + ":0");
        assertThat(reader.names()).containsExactly("final", "status");
        audience.onStarted(recorder(session), Map.of("share", "true"));
        assertThat(lastUrl()).satisfiesAnyOf(url -> assertThat(url).endsWith(token), url -> assertThat(url)
                .endsWith(room));
        say(session, "two", 1);
        assertThat(reader.names()).containsExactly("final");
    }

    @Test
    void dead_links_stay_dead_over_a_restart_and_rooms_keep_theirs() {
        String token = share(session, null);
        String room = share(session, "sunday");
        audience.unshare(session);
        share(session, "sunday");
        end(session);
        restart();
        assertThat(links.isDead(token)).isTrue();
        assertThat(Reader.of(links.find(room).orElseThrow()).names()).containsExactly("snapshot");
        assertThat(share(SessionId.random(), "sunday")).isEqualTo(room);
    }

    @Test
    void readers_are_told_of_no_end_when_a_recording_goes_on_with_the_next_process() {
        audience.recordings().onStarted(description(session));
        String token = share(session, null);
        say(session, "one", 0);
        Reader reader = Reader.of(links.find(token).orElseThrow());
        reader.read();
        audience.recordings()
                .onEnded(
                        description(session),
                        new RecordingListener.Ending(Outcome.HANDED_OVER, Optional.empty(), Optional.empty()));
        audience.onClosed(session);
        assertThat(reader.names()).isEmpty();
        restart();
        audience.recordings()
                .onRestored(description(session), List.of(new TranscriptSegment(0, "one", 0, 1, List.of())));
        assertThat(Reader.of(links.find(token).orElseThrow())
                        .read()
                        .get(0)
                        .data()
                        .getJsonArray("finals"))
                .hasSize(1);
    }

    private void restart() {
        links = new Links(tokens, Runnable::run, HOUR, store);
        audience = audience(true);
    }

    @Test
    void a_recording_is_translated_into_ten_languages_at_most() {
        Feed feed = new Feed("rec");
        feed.add(new TranscriptSegment(0, "one", 0, 1, List.of()));
        Interpreter interpreter = new Interpreter(feed, translations, (segment, language, text) -> {});
        for (char letter = 'a'; letter <= 'z'; letter++) {
            interpreter.translate(Set.of("x" + letter));
        }
        interpreter.translate(Set.of("xa"));
        assertThat(asked).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void the_recorders_languages_come_before_those_of_viewers() {
        audience.onStarted(recorder(session), Map.of("share", "true", "translate_to", "zu"));
        Link link = links.find(lastUrl().substring((BASE + "/live/").length())).orElseThrow();
        for (char letter = 'a'; letter < 'k'; letter++) {
            link.viewers()
                    .add(new EventStream(
                            new Reader(link, "a" + letter, null).viewer, null, null, AudienceObserver.NONE, () -> {}));
        }
        audience.recordings().onStarted(description(session));
        say(session, "one", 0);
        assertThat(asked).hasSize(10).contains("one en-US>zu");
    }

    @Test
    void translates_what_start_asked_for_and_archives_it() {
        assertThat(audience.refusal(Map.of("translate_to", "fr,de"))).isEmpty();
        assertThat(audience.refusal(Map.of("translate_to", "klingon!"))).isPresent();
        audience.recordings().onStarted(description(session));
        audience.onStarted(recorder(session), Map.of("translate_to", "fr, en"));
        say(session, "one", 0);
        assertThat(asked).as("English is what was said").containsExactly("one en-US>fr");
        assertThat(told).contains(new SessionEvent.Translation(0, "fr", "fr one"));
        end(session);
        assertThat(archived).containsOnlyKeys("20261126_120000.fr");
        assertThat(archived.get("20261126_120000.fr")).startsWith("WEBVTT").contains("fr one");
    }

    @Test
    void an_outage_of_the_translator_holds_up_the_end_for_seconds_only() {
        audience.recordings().onStarted(description(session));
        audience.onStarted(recorder(session), Map.of("share", "true", "translate_to", "fr"));
        Reader reader = Reader.of(
                links.find(lastUrl().substring((BASE + "/live/").length())).orElseThrow());
        outage = true;
        say(session, "one", 0);
        end(session);
        assertThat(reader.names()).doesNotContain("end");
        audience.tick(System.nanoTime() + Duration.ofSeconds(6).toNanos());
        assertThat(reader.names()).containsExactly("end");
        assertThat(archived).isEmpty();
        audience.tick(System.nanoTime() + 2 * HOUR);
        assertThat(archived).as("nothing came").isEmpty();
    }

    @Test
    void tells_the_recorder_how_many_read_along() {
        share(session, null);
        audience.tick(System.nanoTime());
        audience.tick(System.nanoTime());
        assertThat(told)
                .filteredOn(SessionEvent.Viewers.class::isInstance)
                .containsExactly(new SessionEvent.Viewers(0));
    }

    @Test
    void counts_misses_by_place() {
        Misses misses = new Misses();
        for (int i = 0; i < 20; i++) {
            assertThat(misses.add("a", 0)).isFalse();
        }
        assertThat(misses.add("a", 1)).isTrue();
        assertThat(misses.add("b", 1)).isFalse();
        assertThat(misses.add("a", Duration.ofMinutes(1).toNanos())).isFalse();
    }
}
