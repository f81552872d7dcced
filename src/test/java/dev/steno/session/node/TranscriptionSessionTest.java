package dev.steno.session.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.caller.Caller;
import dev.steno.configuration.InvalidSettingException;
import dev.steno.quota.DailyMinutes;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionEvent.Problem;
import dev.steno.session.recording.LiveRecording;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.testing.BrokenLog;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TranscriptionSessionTest extends SessionFixture {
    private static final Caller NOBODY = new Caller("", "");

    @Test
    void walks_from_connect_to_saved() {
        RecordedClient client = connect();
        assertThat(client.connected().engine()).isEqualTo("sphinx");
        client.session.audio(CHUNK);
        assertThat(client.next()).isEqualTo(new SessionEvent.Status(UpstreamState.STREAMING, "sphinx", "en-US"));
        recognizer.stream().partial("hel", 0, 0.05);
        assertThat(client.next()).isEqualTo(new SessionEvent.Partial(0, "hel", 0, 0.05));
        recognizer.stream().settled("hello", 0, 0.1);
        assertThat(client.next()).isInstanceOf(SessionEvent.Final.class);
        client.session.stop();
        client.session.stop();
        client.session.audio(CHUNK);
        assertThat(client.next()).isEqualTo(new SessionEvent.Progress(3_200, 3_200));
        assertThat(client.next()).isEqualTo(new SessionEvent.Status(UpstreamState.STOPPING, "sphinx", "en-US"));
        assertThat(recognizer.stream().finished).isTrue();
        recognizer.stream().listener.onCompleted();
        assertThat(client.next())
                .isEqualTo(new SessionEvent.Saved(
                        "20241215_143022.txt", client.session.sessionId(), "/memory/20241215_143022.txt", 0.1));
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(archive.stored.get(0).documents().get(0).content()).isEqualTo("hello\n");
        assertThat(sessions.description().recordings()).isZero();
        assertThat(journals()).isEmpty();
    }

    @Test
    void stores_a_left_over_partial_when_the_engine_ends() {
        RecordedClient client = recording();
        recognizer.stream().settled("one", 0, 0.05);
        recognizer.stream().partial("two", 0.05, 0.1);
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(archive.stored.get(0).documents().get(0).content()).isEqualTo("one\ntwo\n");
    }

    @Test
    void ends_a_recording_after_a_fault_even_if_the_log_fails() {
        try (BrokenLog log = new BrokenLog(TranscriptionSession.class)) {
            RecordedClient client = recording();
            recognizer.stream().listener.onFinal(null);
            assertThat(log.records()).isEqualTo(1);
            assertThat(client.problem(ErrorCode.RECOGNIZER_FAILED).fatal()).isTrue();
            recognizer.stream().listener.onCompleted();
            assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
            assertThat(sessions.description().recordings()).isZero();
        }
    }

    @Test
    void says_no_speech_and_stores_nothing_when_nothing_was_recognised() {
        RecordedClient client = recording();
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(client.problem(ErrorCode.NO_SPEECH).fatal()).isTrue();
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(archive.stored).isEmpty();

        RecordedClient silent = connect();
        silent.session.stop();
        silent.problem(ErrorCode.NO_SPEECH);
        assertThat(silent.closed()).isEqualTo(CloseCode.NORMAL);
    }

    @Test
    void treats_a_properly_closed_connection_like_stop() {
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        client.session.closed();
        recognizer.stream().listener.onCompleted();
        assertThat(archive.stored).hasSize(1);
    }

    @Test
    void refuses_odd_and_empty_audio_and_goes_on() {
        RecordedClient client = recording();
        client.session.audio(new byte[3]);
        Problem problem = client.problem(ErrorCode.BAD_AUDIO);
        assertThat(problem.fatal()).isFalse();
        assertThat(problem.receivedBytes()).hasValue(3_200);
        client.session.audio(new byte[0]);
        client.problem(ErrorCode.BAD_AUDIO);
        client.session.audio(CHUNK);
        assertThat(recognizer.stream().received()).hasSize(6_400);
    }

    @Test
    void ends_the_recording_after_twenty_mistakes() {
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        for (int i = 0; i < 25; i++) {
            client.session.refuse(ErrorCode.BAD_MESSAGE, "No.");
        }
        recognizer.stream().listener.onCompleted();
        assertThat(client.closed()).isEqualTo(CloseCode.POLICY);
        assertThat(client.events()).filteredOn(Problem.class::isInstance).hasSize(20);
        assertThat(archive.stored).hasSize(1);
    }

    @Test
    void ends_no_recording_for_bad_audio() {
        RecordedClient client = recording();
        for (int i = 0; i < 25; i++) {
            client.session.audio(new byte[3]);
            client.session.refuse(ErrorCode.TOO_LARGE, "No.");
        }
        assertThat(client.events())
                .filteredOn(Problem.class::isInstance)
                .hasSize(50)
                .noneMatch(problem -> ((Problem) problem).fatal());
        client.session.audio(CHUNK);
        assertThat(recognizer.stream().received()).hasSize(6_400);
    }

    @Test
    void ignores_bad_audio_after_stop() {
        RecordedClient client = recording();
        client.session.stop();
        client.session.audio(new byte[3]);
        client.session.refuse(ErrorCode.BAD_AUDIO, "No.");
        assertThat(client.events()).noneMatch(Problem.class::isInstance);
    }

    @Test
    void refuses_a_language_that_the_engine_lacks_and_takes_another_start() {
        RecordedClient client = connect();
        client.session.start(Map.of("language_code", "xx-XX"));
        assertThat(client.problem(ErrorCode.UNSUPPORTED_LANGUAGE).message()).contains("de-DE, en-US");
        assertThat(recognizer.streams).isEmpty();
        client.session.start(Map.of("language_code", "de-DE"));
        client.session.audio(CHUNK);
        assertThat(recognizer.stream().request.languageCode()).isEqualTo("de-DE");
        client.session.start(Map.of());
        assertThat(client.problem(ErrorCode.BAD_OPTION).fatal()).isFalse();
    }

    @Test
    void refuses_an_option_that_the_engine_lacks_and_takes_another_start() {
        RecordedClient client = connect();
        client.session.start(Map.of("language_code", "de-DE", "vocabulary_name", "mine"));
        Problem problem = client.problem(ErrorCode.BAD_OPTION);
        assertThat(problem.fatal()).isFalse();
        assertThat(problem.message()).isEqualTo("vocabulary_name is not known here. Known are language_code.");
        assertThat(recognizer.streams).isEmpty();
        assertThat(sessions.description().recordings()).isZero();
        client.session.start(Map.of());
        assertThat(recognizer.stream().request.languageCode()).isEqualTo("en-US");
    }

    @Test
    void begins_with_the_configured_language_and_refuses_one_that_the_engine_lacks() {
        settings.put("TRANSCRIBE_LANGUAGE_CODE", "de-DE");
        sessions = sessions();
        assertThat(sessions.description().defaultLanguage()).isEqualTo("de-DE");
        RecordedClient client = recording();
        assertThat(client.connected().languageCode()).isEqualTo("de-DE");
        assertThat(client.next()).isEqualTo(new SessionEvent.Status(UpstreamState.STREAMING, "sphinx", "de-DE"));
        settings.put("TRANSCRIBE_LANGUAGE_CODE", "xx-XX");
        assertThatThrownBy(this::sessions)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("TRANSCRIBE_LANGUAGE_CODE=xx-XX", "sphinx", "de-DE, en-US");
    }

    @Test
    void is_busy_beyond_the_limit_until_a_recording_ends() {
        RecordedClient first = recording();
        recording();
        RecordedClient third = connect();
        third.session.audio(CHUNK);
        assertThat(third.problem(ErrorCode.BUSY).message()).contains("2", "SESSION_LIMIT");
        assertThat(third.closed()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
        first.session.stop();
        recognizer.streams.get(0).listener.onCompleted();
        assertThat(sessions.description().recordings()).isEqualTo(1);
        recording();
        assertThat(sessions.description().recordings()).isEqualTo(2);
    }

    @Test
    void gives_the_permit_back_when_the_engine_does_not_open() {
        recognizer.refusal =
                new RecognitionFailure(RecognitionFailure.Kind.UNAVAILABLE, false, "No models.", "Look at the log.");
        for (int i = 0; i < 5; i++) {
            RecordedClient client = connect();
            client.session.audio(CHUNK);
            assertThat(client.problem(ErrorCode.RECOGNIZER_UNAVAILABLE).message())
                    .contains("Look at the log.");
            assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
        }
        assertThat(sessions.description().recordings()).isZero();
    }

    @Test
    void stores_what_was_recognised_when_the_engine_breaks() {
        RecordedClient client = recording();
        recognizer.stream().settled("one", 0, 0.05);
        recognizer.stream().partial("two", 0.05, 0.1);
        recognizer.stream()
                .listener
                .onFailed(new RecognitionFailure(RecognitionFailure.Kind.FAILED, false, "Broken.", "Report it."));
        assertThat(client.problem(ErrorCode.RECOGNIZER_FAILED).fatal()).isTrue();
        assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
        assertThat(client.events()).anyMatch(SessionEvent.Saved.class::isInstance);
        assertThat(archive.stored.get(0).documents().get(0).content()).isEqualTo("one\ntwo\n");
    }

    @Test
    void says_that_the_engine_failed_and_not_that_nobody_spoke_when_it_never_answers_before_stop() {
        recognizer.answers = false;
        RecordedClient client = recording();
        client.session.stop();
        for (int i = 0; i < 3; i++) {
            tick(Duration.ofSeconds(31));
            client.session.alive();
            tick(Duration.ofSeconds(2));
        }
        assertThat(client.problem(ErrorCode.RECOGNIZER_UNAVAILABLE).fatal()).isTrue();
        assertThat(client.closed()).isEqualTo(CloseCode.SERVER_ERROR);
        assertThat(client.events()).doesNotContain(LiveRecording.NO_SPEECH);
        assertThat(client.events())
                .filteredOn(SessionEvent.AudioDropped.class::isInstance)
                .hasSize(1);
    }

    @Test
    void takes_a_partial_back_that_held_no_words() {
        RecordedClient client = recording();
        recognizer.stream().partial("um", 0, 0.05);
        recognizer.stream().listener.onNoWords(0.1);
        assertThat(client.events()).endsWith(new SessionEvent.Partial(0, "", 0, 0.05));
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(client.events()).contains(LiveRecording.NO_SPEECH);
        assertThat(archive.stored).isEmpty();
    }

    @Test
    void refuses_audio_far_ahead_of_real_time_and_stores_what_was_recognised() {
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        for (int i = 0; i < 449; i++) {
            client.session.audio(CHUNK);
        }
        assertThat(client.events()).noneMatch(Problem.class::isInstance);
        client.session.audio(CHUNK);
        client.problem(ErrorCode.TOO_FAST);
        recognizer.stream().listener.onCompleted();
        assertThat(client.closed()).isEqualTo(CloseCode.POLICY);
        assertThat(archive.stored).hasSize(1);
    }

    @Test
    void pauses_when_no_frame_comes_and_goes_on_with_the_next() {
        RecordedClient client = recording();
        tick(Duration.ofMillis(9_400));
        assertThat(recognizer.stream().finished).isFalse();
        tick(Duration.ofMillis(600));
        assertThat(recognizer.stream().finished).isTrue();
        recognizer.stream().listener.onCompleted();
        assertThat(client.events()).contains(new SessionEvent.Status(UpstreamState.PAUSED, "sphinx", "en-US"));
        client.session.audio(CHUNK);
        assertThat(recognizer.streams).hasSize(2);
    }

    @Test
    void pauses_on_request_and_ends_a_pause_that_lasts_too_long_after_a_warning() {
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        client.session.pause();
        recognizer.stream().listener.onCompleted();
        tick(Duration.ofMinutes(29));
        assertThat(client.events()).anyMatch(SessionEvent.EndAnnounced.class::isInstance);
        tick(Duration.ofSeconds(59));
        assertThat(client.events()).noneMatch(Problem.class::isInstance);
        tick(Duration.ofSeconds(1));
        assertThat(client.problem(ErrorCode.SESSION_EXPIRED).message()).contains("SESSION_MAX_PAUSE");
        assertThat(client.closed()).isEqualTo(CloseCode.POLICY);
        assertThat(archive.stored).hasSize(1);
    }

    @Test
    void announces_the_end_of_a_pause_even_if_another_end_was_announced() {
        settings.put("SESSION_MAX_DURATION", "PT50S");
        settings.put("SESSION_MAX_PAUSE", "PT20S");
        sessions = sessions();
        RecordedClient client = recording();
        tick(Duration.ofSeconds(1));
        client.session.pause();
        recognizer.stream().listener.onCompleted();
        tick(Duration.ofSeconds(1));
        assertThat(announced(client))
                .extracting(SessionEvent.EndAnnounced::reason)
                .satisfiesExactly(
                        longest -> assertThat(longest).contains("SESSION_MAX_DURATION"),
                        pause -> assertThat(pause).contains("SESSION_MAX_PAUSE"));
    }

    @Test
    void ends_a_recording_that_lasts_too_long() {
        settings.put("SESSION_MAX_DURATION", "PT5M");
        sessions = sessions();
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        speak(client, 4 * 600 - 10);
        assertThat(announced(client)).isEmpty();
        speak(client, 15);
        assertThat(announced(client)).singleElement().satisfies(end -> {
            assertThat(end.secondsLeft()).isBetween(59.0, 60.0);
            assertThat(end.reason()).isEqualTo("A recording lasts at most PT5M (SESSION_MAX_DURATION).");
        });
        speak(client, 600);
        recognizer.stream().listener.onCompleted();
        assertThat(client.problem(ErrorCode.SESSION_EXPIRED).message()).contains("SESSION_MAX_DURATION");
        assertThat(client.closed()).isEqualTo(CloseCode.POLICY);
    }

    @Test
    void ends_recordings_when_todays_minutes_are_used_up_after_a_warning_and_opens_again_tomorrow() {
        settings.put("DAILY_MINUTES", "2");
        sessions = sessions();
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        speak(client, 590);
        assertThat(announced(client)).isEmpty();
        speak(client, 15);
        assertThat(announced(client)).singleElement().satisfies(end -> {
            assertThat(end.secondsLeft()).isBetween(59.0, 60.0);
            assertThat(end.reason()).contains("DAILY_MINUTES", "00:00 UTC");
        });
        speak(client, 584);
        assertThat(client.events()).noneMatch(Problem.class::isInstance);
        speak(client, 16);
        assertThat(client.problem(ErrorCode.SESSION_EXPIRED).message()).contains("DAILY_MINUTES");
        recognizer.stream().listener.onCompleted();
        assertThat(client.closed()).isEqualTo(CloseCode.POLICY);
        assertThat(archive.stored).hasSize(1);
        assertThat(sessions.description().minutes()).contains(new DailyMinutes.Status(2, 2));

        RecordedClient late = recording();
        assertThat(late.problem(ErrorCode.BUSY).message()).contains("DAILY_MINUTES", "in 9 h 27 min");
        assertThat(late.closed()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
        time.advance(Duration.ofHours(10));
        assertThat(recording().open()).isTrue();
    }

    @Test
    void warns_sooner_when_several_recordings_share_todays_minutes_and_again_if_they_last_longer() {
        settings.put("DAILY_MINUTES", "5");
        settings.put("SESSION_LIMIT", "3");
        sessions = sessions();
        RecordedClient stays = recording();
        List<RecordedClient> others = List.of(recording(), recording());
        speakAll(stays, others, 390);
        assertThat(announced(stays)).isEmpty();
        speakAll(stays, others, 15);
        assertThat(announced(stays)).hasSize(1);
        others.forEach(other -> other.session.stop());
        recognizer.streams.forEach(stream -> {
            if (stream.finished) {
                stream.listener.onCompleted();
            }
        });
        speak(stays, 1_170);
        assertThat(announced(stays)).hasSize(1);
        speak(stays, 30);
        assertThat(announced(stays)).hasSize(2);
    }

    @Test
    void ends_a_recording_whose_client_floods_it_with_messages_and_stores_what_was_recognised() {
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        byte[] sample = new byte[2];
        for (int i = 0; i < 60 * 500; i++) { // for a minute as fast as is allowed
            time.advance(Duration.ofMillis(2));
            client.session.audio(sample);
        }
        for (int i = 0; i < 4_999; i++) {
            client.session.audio(sample);
        }
        assertThat(client.events()).noneMatch(Problem.class::isInstance);
        client.session.audio(sample);
        assertThat(client.problem(ErrorCode.TOO_FAST).message()).contains("100 ms");
        recognizer.stream().listener.onCompleted();
        assertThat(client.closed()).isEqualTo(CloseCode.POLICY);
        assertThat(archive.stored).hasSize(1);
    }

    @Test
    void refuses_a_caller_with_too_many_recordings_whatever_others_have() {
        settings.put("CALLER_LIMIT", "1");
        sessions = sessions();
        Caller alice = new Caller("alice", "192.0.2.1");
        new RecordedClient(channel -> sessions.open(channel, alice)).session.audio(CHUNK);
        RecordedClient again = new RecordedClient(channel -> sessions.open(channel, alice));
        again.session.audio(CHUNK);
        assertThat(again.problem(ErrorCode.BUSY).message()).contains("alice", "CALLER_LIMIT");
        assertThat(again.closed()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
        assertThat(recording().open()).isTrue();
    }

    @Test
    void closes_connections_beyond_the_callers_limit() {
        settings.put("CALLER_SOCKETS", "1");
        sessions = sessions();
        RecordedClient kept = new RecordedClient(channel -> null);
        assertThat(sessions.enter(kept, NOBODY)).isTrue();
        RecordedClient closed = new RecordedClient(channel -> null);
        assertThat(sessions.enter(closed, NOBODY)).isFalse();
        assertThat(closed.problem(ErrorCode.BUSY).fatal()).isTrue();
        assertThat(closed.closed()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
        sessions.leave(kept);
        sessions.leave(kept);
        sessions.leave(closed);
        assertThat(sessions.enter(closed, NOBODY)).isTrue();
        assertThat(sessions.description().connections()).isEqualTo(1);
    }

    /** An address that a filter overlooked, and the WebSocket container did not. */
    @Test
    void lets_nobody_in_whose_handshake_was_not_checked() {
        for (Principal unchecked : new Principal[] {null, () -> "alice"}) {
            RecordedClient client = new RecordedClient(channel -> null);
            assertThat(sessions.enter(client, unchecked)).isFalse();
            assertThat(client.closed()).isEqualTo(CloseCode.POLICY);
        }
        assertThat(sessions.description().connections()).isZero();
    }

    @Test
    void looks_for_clients_that_do_not_read_once_a_second_whether_or_not_they_record() {
        RecordedClient client = new RecordedClient(channel -> null);
        sessions.enter(client, NOBODY);
        for (int i = 0; i < 30; i++) {
            tick(Duration.ofMillis(100));
        }
        assertThat(client.looks).isEqualTo(3);
        sessions.leave(client);
        tick(Duration.ofSeconds(1));
        assertThat(client.looks).isEqualTo(3);
    }

    @Test
    void gives_time_to_sessions_while_a_server_takes_its_own_to_close_a_socket() {
        List<Runnable> parked = new ArrayList<>();
        sessions = sessions(parked::add);
        RecordedClient client = new RecordedClient(channel -> null);
        sessions.enter(client, NOBODY);
        for (int i = 0; i < 30; i++) {
            tick(Duration.ofMillis(100));
        }
        assertThat(client.looks).isZero();
        assertThat(parked).hasSize(1);
        parked.get(0).run();
        assertThat(client.looks).isEqualTo(1);
    }

    @Test
    void closes_a_socket_that_never_starts() {
        RecordedClient client = connect();
        tick(Duration.ofMinutes(1));
        client.problem(ErrorCode.SESSION_EXPIRED);
        assertThat(client.closed()).isEqualTo(CloseCode.POLICY);
    }

    @Test
    void reports_progress_once_a_second_while_audio_flows() {
        RecordedClient client = recording();
        for (int i = 0; i < 30; i++) {
            client.session.audio(CHUNK);
            tick(Duration.ofMillis(100));
        }
        tick(Duration.ofSeconds(5));
        assertThat(client.events())
                .filteredOn(SessionEvent.Progress.class::isInstance)
                .hasSizeBetween(3, 4)
                .last()
                .isEqualTo(new SessionEvent.Progress(31 * 3_200, 0));
    }

    @Test
    void says_once_that_the_journal_cannot_be_written_and_stores_all_the_same() throws Exception {
        RecordedClient client = recording();
        recognizer.stream().settled("one", 0, 0.05);
        deleteJournalFiles();
        recognizer.stream().settled("two", 0.05, 0.1);
        recognizer.stream().settled("three", 0.1, 0.1);
        assertThat(client.problem(ErrorCode.STORAGE_FAILED).fatal()).isFalse();
        assertThat(client.events())
                .filteredOn(SessionEvent.Final.class::isInstance)
                .hasSize(3);
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        assertThat(client.events()).filteredOn(Problem.class::isInstance).hasSize(1);
        assertThat(archive.stored.get(0).documents().get(0).content()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void says_archive_delayed_and_keeps_the_journal_until_it_is_stored() throws Exception {
        archive.broken = true;
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        client.session.stop();
        recognizer.stream().listener.onCompleted();
        assertThat(client.closed()).isEqualTo(CloseCode.NORMAL);
        client.problem(ErrorCode.ARCHIVE_DELAYED);
        assertThat(journals()).hasSize(1);
        archive.broken = false;
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!journals().isEmpty() && System.nanoTime() < giveUp) {
            Thread.onSpinWait();
        }
        assertThat(journals()).isEmpty();
        assertThat(archive.stored).hasSize(1);
    }

    @Test
    void drains_all_recordings_at_shutdown_and_takes_no_more() throws Exception {
        RecordedClient client = recording();
        recognizer.stream().settled("kept", 0, 0.1);
        Thread shutdown = new Thread(sessions::drain);
        shutdown.start();
        while (!recognizer.stream().finished) {
            Thread.onSpinWait();
        }
        assertThat(shutdown.isAlive()).isTrue();
        recognizer.stream().listener.onCompleted();
        shutdown.join(10_000);
        assertThat(shutdown.isAlive()).isFalse();
        assertThat(client.closed()).isEqualTo(CloseCode.SERVICE_RESTART);
        assertThat(client.events()).anyMatch(SessionEvent.Saved.class::isInstance);
        assertThat(connect().closed()).isEqualTo(CloseCode.SERVICE_RESTART);
    }

    private static List<SessionEvent.EndAnnounced> announced(RecordedClient client) {
        return client.events().stream()
                .filter(SessionEvent.EndAnnounced.class::isInstance)
                .map(SessionEvent.EndAnnounced.class::cast)
                .toList();
    }

    /** Chunks of 100 ms, each after its time. The first of a recording was sent already. */
    private void speak(RecordedClient client, int chunks) {
        for (int i = 0; i < chunks; i++) {
            tick(Duration.ofMillis(100));
            client.session.audio(CHUNK);
        }
    }

    private void speakAll(RecordedClient one, List<RecordedClient> others, int chunks) {
        for (int i = 0; i < chunks; i++) {
            others.forEach(other -> other.session.audio(CHUNK));
            speak(one, 1);
        }
    }

    private List<Path> journals() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".journal")) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, java.io.IOException gone) {
                    return FileVisitResult.CONTINUE; // a journal may be deleted while the folder is read
                }
            });
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return files;
    }

    private void deleteJournalFiles() throws Exception {
        for (Path file : journals()) {
            Files.delete(file);
        }
    }
}
