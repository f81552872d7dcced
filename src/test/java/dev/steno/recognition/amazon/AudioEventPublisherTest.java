package dev.steno.recognition.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.transcribestreaming.model.AudioEvent;
import software.amazon.awssdk.services.transcribestreaming.model.AudioStream;

class AudioEventPublisherTest {
    private final AtomicInteger rooms = new AtomicInteger();
    private final AudioEventPublisher publisher = new AudioEventPublisher(rooms::incrementAndGet);
    private final Receiver receiver = new Receiver();

    @Test
    void cuts_any_input_into_events_of_100_ms_and_the_rest() {
        byte[] audio = random(10_002);
        publisher.subscribe(receiver);
        receiver.subscription.request(100);
        for (int[] piece : new int[][] {{0, 2}, {2, 9_000}, {9_000, 9_000}, {9_000, 10_002}}) {
            publisher.send(ByteBuffer.wrap(audio, piece[0], piece[1] - piece[0]));
        }
        assertThat(receiver.sizes()).containsExactly(3200, 3200, 3200);
        publisher.finish();
        assertThat(receiver.sizes()).containsExactly(3200, 3200, 3200, 402);
        assertThat(receiver.bytes()).isEqualTo(audio);
        assertThat(receiver.completed).isTrue();
        assertThat(publisher.completed()).isTrue();
    }

    @Test
    void completes_without_an_event_when_there_was_no_audio() {
        publisher.finish();
        publisher.subscribe(receiver);
        assertThat(receiver.events).isEmpty();
        assertThat(receiver.completed).isTrue();
    }

    @Test
    void takes_two_seconds_and_no_more_when_nobody_asks() {
        ByteBuffer audio = ByteBuffer.allocate(100_000);
        assertThat(publisher.send(audio)).isEqualTo(64_000);
        assertThat(audio.position()).isEqualTo(64_000);
        assertThat(publisher.send(audio)).isZero();
        assertThat(rooms).hasValue(0);
    }

    @Test
    void tells_of_room_once_when_half_of_it_is_free_again() {
        publisher.send(ByteBuffer.allocate(100_000));
        publisher.subscribe(receiver);
        receiver.subscription.request(9);
        assertThat(rooms).hasValue(0);
        receiver.subscription.request(1);
        assertThat(rooms).hasValue(1);
        receiver.subscription.request(10);
        assertThat(rooms).hasValue(1);
    }

    @Test
    void takes_all_at_once_when_enough_is_asked_for() {
        publisher.subscribe(receiver);
        receiver.subscription.request(Long.MAX_VALUE);
        assertThat(publisher.send(ByteBuffer.allocate(320_000))).isEqualTo(320_000);
        assertThat(receiver.events).hasSize(100);
        assertThat(rooms).hasValue(0);
    }

    @Test
    void neither_takes_nor_sends_anything_while_its_gate_is_closed() {
        AtomicBoolean open = new AtomicBoolean(true);
        AudioEventPublisher gated = new AudioEventPublisher(rooms::incrementAndGet, open::get);
        gated.subscribe(receiver);
        gated.send(ByteBuffer.allocate(3_200));
        open.set(false);
        receiver.subscription.request(2);
        assertThat(gated.send(ByteBuffer.allocate(3_200))).isZero();
        assertThat(receiver.events).isEmpty();
        gated.resume();
        assertThat(receiver.events).isEmpty();
        open.set(true);
        gated.resume();
        assertThat(receiver.events).hasSize(1);
        assertThat(rooms).as("told that more may come").hasPositiveValue();
        gated.send(ByteBuffer.allocate(3_200));
        assertThat(receiver.events).hasSize(2);
    }

    @Test
    void takes_nothing_after_finish_close_or_cancel() {
        publisher.finish();
        assertThat(publisher.send(ByteBuffer.allocate(3200))).isZero();

        AudioEventPublisher cancelled = new AudioEventPublisher(rooms::incrementAndGet);
        cancelled.subscribe(receiver);
        receiver.subscription.cancel();
        assertThat(cancelled.send(ByteBuffer.allocate(3200))).isZero();

        AudioEventPublisher closed = new AudioEventPublisher(rooms::incrementAndGet);
        closed.close();
        assertThat(closed.send(ByteBuffer.allocate(3200))).isZero();
        assertThat(closed.completed()).isFalse();
    }

    @Test
    void tells_the_subscriber_when_it_is_closed_before_the_end() {
        publisher.subscribe(receiver);
        publisher.close();
        assertThat(receiver.error).isInstanceOf(CancellationException.class);
        assertThat(publisher.completed()).isFalse();

        AudioEventPublisher closed = new AudioEventPublisher(rooms::incrementAndGet);
        closed.close();
        Receiver late = new Receiver();
        closed.subscribe(late);
        assertThat(late.error).isInstanceOf(CancellationException.class);
    }

    @Test
    void refuses_a_second_subscriber() {
        publisher.subscribe(receiver);
        Receiver second = new Receiver();
        publisher.subscribe(second);
        assertThat(second.error).isInstanceOf(IllegalStateException.class);
        assertThat(receiver.error).isNull();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static final class Receiver implements Subscriber<AudioStream> {
        private final List<AudioEvent> events = new ArrayList<>();
        private Subscription subscription;
        private Throwable error;
        private boolean completed;

        private List<Integer> sizes() {
            return events.stream()
                    .map(event -> event.audioChunk().asByteArrayUnsafe().length)
                    .toList();
        }

        private byte[] bytes() {
            ByteBuffer all = ByteBuffer.allocate(
                    sizes().stream().mapToInt(Integer::intValue).sum());
            events.forEach(event -> all.put(event.audioChunk().asByteArrayUnsafe()));
            return all.array();
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(AudioStream event) {
            events.add((AudioEvent) event);
        }

        @Override
        public void onError(Throwable thrown) {
            error = thrown;
        }

        @Override
        public void onComplete() {
            completed = true;
        }
    }
}
