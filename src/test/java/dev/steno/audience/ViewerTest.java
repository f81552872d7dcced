package dev.steno.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one reader is sent, and in which order. */
class ViewerTest {
    private final Feed feed = new Feed("rec");
    private final Link link = new Link("token", false, Runnable::run);
    private final Link room = new Link("token", true, Runnable::run);

    private void say(String text) {
        say(feed, text);
    }

    private static void say(Feed in, String text) {
        int number = in.size();
        in.add(new TranscriptSegment(number, text, number, number + 0.5, List.of()));
    }

    @Test
    void begins_with_a_snapshot_and_goes_on_with_what_comes() {
        feed.languageCode("en-US");
        feed.state(Feed.State.STREAMING);
        say("one");
        say("two");
        feed.partial(2, "thr");
        link.show(feed);
        Reader reader = Reader.of(link);

        List<Reader.Event> first = reader.read();
        assertThat(first).hasSize(1);
        assertThat(first.get(0).name()).isEqualTo("snapshot");
        assertThat(first.get(0).id()).isEqualTo("rec:2");
        assertThat(first.get(0).data().toString())
                .isEqualTo("{\"finals\":[{\"segment\":0,\"text\":\"one\",\"start\":0.0,\"end\":0.5},"
                        + "{\"segment\":1,\"text\":\"two\",\"start\":1.0,\"end\":1.5}],\"partial\":\"thr\","
                        + "\"state\":\"streaming\",\"recording\":\"rec\",\"language_code\":\"en-US\","
                        + "\"languages\":[\"fr\"]}");

        feed.partial(2, "three");
        assertThat(reader.read()).singleElement().satisfies(event -> assertThat(
                        event.name() + event.id() + event.data())
                .isEqualTo("partialnull{\"segment\":2,\"text\":\"three\"}"));
        say("three");
        feed.state(Feed.State.PAUSED);
        List<Reader.Event> next = reader.read();
        assertThat(next).extracting(Reader.Event::name).containsExactly("final", "status");
        assertThat(next.get(0).id()).isEqualTo("rec:3");
        assertThat(next.get(0).data().toString())
                .isEqualTo("{\"segment\":2,\"text\":\"three\",\"start\":2.0,\"end\":2.5}");
        assertThat(next.get(1).data().toString()).isEqualTo("{\"state\":\"paused\"}");
        feed.end(EndReason.SAVED);
        assertThat(reader.read()).singleElement().satisfies(event -> assertThat(event.name() + event.data())
                .isEqualTo("end{\"reason\":\"saved\"}"));
        assertThat(reader.viewer.over()).isTrue();
    }

    @Test
    void a_snapshot_without_finals_is_whole_too() {
        link.show(feed);
        assertThat(Reader.of(link).read()).singleElement().satisfies(event -> assertThat(
                        event.data().toString())
                .startsWith("{\"finals\":[],\"partial\":null,\"state\":\"waiting\",\"recording\":\"rec\""));
    }

    @Test
    void a_slow_reader_gets_each_final_and_of_the_partials_the_latest() {
        link.show(feed);
        Reader reader = Reader.of(link);
        reader.read();
        for (int i = 0; i < 5; i++) {
            feed.partial(i, "p" + i);
            feed.partial(i, "q" + i);
            say("final " + i);
        }
        feed.partial(5, "now");
        feed.partial(5, "now and");
        List<Reader.Event> late = reader.read();
        assertThat(late)
                .extracting(Reader.Event::name)
                .containsExactly("final", "final", "final", "final", "final", "partial");
        assertThat(late.get(5).data().getString("text")).isEqualTo("now and");
    }

    @Test
    void comes_back_to_where_it_was_without_a_snapshot() {
        say("one");
        say("two");
        say("three");
        link.show(feed);
        List<Reader.Event> events = new Reader(link, null, "rec:1").read();
        assertThat(events).extracting(Reader.Event::name).containsExactly("final", "final", "status");
        assertThat(events).extracting(Reader.Event::id).containsExactly("rec:2", "rec:3", null);
    }

    @Test
    void an_id_that_does_not_fit_brings_a_snapshot() {
        say("one");
        link.show(feed);
        for (String id : List.of("other:1", "rec:2", "rec:-1", "rec:x", "rec", "", ":", ":0")) {
            assertThat(new Reader(link, null, id).names()).as(id).containsExactly("snapshot");
        }
    }

    @Test
    void comes_back_to_a_recording_that_has_ended_meanwhile() {
        say("one");
        say("two");
        feed.end(EndReason.SAVED);
        link.show(feed);
        assertThat(new Reader(link, null, "rec:1").names()).containsExactly("final", "end");
        assertThat(Reader.of(link).names()).containsExactly("snapshot", "end");
    }

    @Test
    void shows_who_speaks() {
        Word word = new Word("hi", 0, 1, 0.9, Optional.of("spk_1"));
        feed.add(new TranscriptSegment(0, "hi", 0, 1, List.of(word)));
        link.show(feed);
        feed.end(EndReason.SAVED); // the words are dropped, the speaker is not
        assertThat(Reader.of(link)
                        .read()
                        .get(0)
                        .data()
                        .getJsonArray("finals")
                        .getJsonObject(0)
                        .getString("speaker"))
                .isEqualTo("spk_1");
    }

    @Test
    void waits_in_a_room_from_one_recording_to_the_next() {
        Reader reader = Reader.of(room);
        assertThat(reader.read()).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(":0");
            assertThat(event.data().getString("state")).isEqualTo("waiting");
            assertThat(event.data().getString("recording")).isEmpty();
            assertThat(event.data().getString("language_code")).isEmpty();
        });
        assertThat(reader.read()).isEmpty();

        room.show(feed);
        say("one");
        assertThat(reader.read().get(0).data().getString("recording")).isEqualTo("rec");
        feed.end(EndReason.SAVED);
        List<Reader.Event> between = reader.read();
        assertThat(between).extracting(Reader.Event::name).containsExactly("end", "snapshot");
        assertThat(between.get(1).data().getString("state")).isEqualTo("waiting");
        assertThat(between.get(1).data().getJsonArray("finals")).isEmpty();
        assertThat(Reader.of(room).names()).as("who comes now").containsExactly("snapshot");
        assertThat(new Reader(room, null, "rec:0").names()).containsExactly("final", "end", "snapshot");

        Feed second = new Feed("next");
        room.show(second);
        List<Reader.Event> again = reader.read();
        assertThat(again).extracting(Reader.Event::id).containsExactly("next:0");
        assertThat(new Reader(room, null, "rec:1").read())
                .extracting(Reader.Event::id)
                .containsExactly("next:0");
    }

    @Test
    void a_newer_recording_takes_the_room() {
        room.show(feed);
        Reader reader = Reader.of(room);
        reader.read();
        room.show(new Feed("next"));
        assertThat(reader.names()).containsExactly("end", "snapshot");
    }

    @Test
    void hears_that_the_link_is_dead() {
        link.show(feed);
        Reader reader = Reader.of(link);
        reader.read();
        say("one");
        link.close(EndReason.UNSHARED);
        say("two");
        assertThat(reader.read())
                .singleElement()
                .satisfies(event -> assertThat(event.data().getString("reason")).isEqualTo("unshared"));
        assertThat(reader.read()).isEmpty();
        assertThat(reader.viewer.over()).isTrue();
    }

    @Test
    void reads_translations_of_one_language_of_all_or_of_none() {
        say("one");
        feed.translate(0, "fr", "un");
        feed.translate(0, "de", "eins");
        link.show(feed);
        Reader french = new Reader(link, "fr", null);
        Reader all = new Reader(link, null, null);
        Reader none = new Reader(link, "", null);
        assertThat(translations(french)).isEqualTo("{\"fr\":\"un\"}");
        assertThat(translations(all)).isEqualTo("{\"de\":\"eins\",\"fr\":\"un\"}");
        assertThat(translations(none)).isEqualTo("null");
        say("two");
        feed.translate(1, "fr", "deux");
        feed.translate(1, "de", "zwei");
        assertThat(french.names()).containsExactly("final", "translation");
        assertThat(all.names()).containsExactly("final", "translation", "translation");
        assertThat(none.names()).containsExactly("final");
        assertThat(new Reader(link, "fr", "rec:1").read())
                .extracting(Reader.Event::name)
                .containsExactly("final", "translation", "translation", "status");
    }

    private static String translations(Reader reader) {
        return String.valueOf(reader.read()
                .get(0)
                .data()
                .getJsonArray("finals")
                .getJsonObject(0)
                .get("translations"));
    }

    @Test
    void finals_that_are_told_again_count_once() {
        say("one");
        feed.add(new TranscriptSegment(0, "one", 0, 1, List.of()));
        assertThat(feed.size()).isEqualTo(1);
    }
}
