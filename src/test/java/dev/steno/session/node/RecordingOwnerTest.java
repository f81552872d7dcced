package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.archive.TranscriptDocuments;
import dev.steno.caller.Caller;
import dev.steno.session.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The archived JSON says whose a recording is and what it is called. */
class RecordingOwnerTest extends SessionFixture {
    private Caller caller = new Caller("alice", "127.0.0.1");

    @Override
    Caller caller() {
        return caller;
    }

    @Test
    void archives_the_owner_and_the_title_of_a_recording() {
        assertThat(json(Map.of("title", " Board\nmeeting ", "language_code", "en-US")))
                .contains("\"owner\":\"alice\"", "\"title\":\"Board meeting\"");
        assertThat(recognizer.stream().request.options()).doesNotContainKey("title");
    }

    @Test
    void archives_neither_where_nobody_is_asked_and_no_title_given() {
        caller = null;
        assertThat(json(Map.of("title", " "))).doesNotContain("owner", "title");
    }

    @Test
    void refuses_a_title_that_is_too_long_and_opens_nothing() {
        RecordedClient client = connect();
        client.session.start(Map.of("title", "x".repeat(201)));
        assertThat(client.problem(ErrorCode.BAD_OPTION).fatal()).isFalse();
        assertThat(recognizer.streams).isEmpty();
    }

    private String json(Map<String, String> options) {
        RecordedClient client = connect();
        client.session.start(options);
        client.session.audio(CHUNK);
        recognizer.stream().settled("hello", 0, 0.9);
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        List<TranscriptDocuments.Document> documents = archive.stored.get(0).documents();
        return documents.get(1).content();
    }
}
