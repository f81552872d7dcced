package dev.steno.soak;

import dev.steno.testing.StenoClient;
import dev.steno.testing.s3.S3Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * So many people, each of whom makes one recording after another; their chunks are spread evenly over the 100 ms. All
 * of it on one thread.
 */
final class Speakers {
    static final int TICKS_A_SECOND = 100;
    private static final int TICKS_A_CHUNK = TICKS_A_SECOND / 10;

    private static final int SHORTEST_SECONDS = 20;
    private static final int LONGEST_SECONDS = 180;

    /** New connections a second: below what an account may start. */
    private static final int STARTS_A_SECOND = 20;

    /** Each of them loses the connection about every 40 s. */
    private static final double CUT_A_SECOND = 1 / 40.0;

    /** Beyond the 10 s after which a recording is paused, within the 30 s for which it is kept. */
    private static final int LONGEST_AWAY_MILLIS = 15_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;
    private final S3Server s3;
    private final Random random;
    private final SoakRecording[] speaking;
    private final SoakTotals totals = new SoakTotals();
    private final List<SoakRecording> delayed = new ArrayList<>();
    private long ticks;
    private int begun;
    private boolean finishing;

    Speakers(int number, URI base, S3Server s3, Random random) {
        speaking = new SoakRecording[number];
        uri = StenoClient.address(base);
        this.s3 = s3;
        this.random = random;
    }

    /** To be called {@link #TICKS_A_SECOND} times a second. */
    void tick() {
        ticks++;
        for (int i = (int) (ticks % TICKS_A_CHUNK); i < speaking.length; i += TICKS_A_CHUNK) {
            if (speaking[i] != null) {
                proceed(i);
            }
        }
        if (!finishing && ticks % (TICKS_A_SECOND / STARTS_A_SECOND) == 0) {
            begin();
        }
    }

    private void proceed(int i) {
        SoakRecording recording = speaking[i];
        recording.tick();
        if (recording.ended()) {
            speaking[i] = null;
            end(recording);
        } else if (random.nextDouble() < CUT_A_SECOND * TICKS_A_CHUNK / TICKS_A_SECOND) {
            recording.cut(Duration.ofMillis(random.nextInt(LONGEST_AWAY_MILLIS)));
        }
    }

    /** One speaker who is silent begins. */
    private void begin() {
        for (int i = 0; i < speaking.length; i++) {
            if (speaking[i] == null) {
                int seconds = SHORTEST_SECONDS + random.nextInt(LONGEST_SECONDS - SHORTEST_SECONDS);
                speaking[i] = new SoakRecording(http, uri, begun++, (long) seconds * SoakRecording.BYTES_PER_SECOND);
                return;
            }
        }
    }

    private void end(SoakRecording recording) {
        totals.add(recording);
        if (recording.problem() == null) {
            if (recording.savedKey().isEmpty()) {
                delayed.add(recording);
            } else {
                totals.check(recording, s3.text(recording.savedKey()).orElse(""));
            }
        }
    }

    /** All stop, and nobody begins again. */
    void finish() {
        finishing = true;
        for (SoakRecording recording : speaking) {
            if (recording != null) {
                recording.finish();
            }
        }
    }

    int running() {
        int running = 0;
        for (SoakRecording recording : speaking) {
            running += recording == null ? 0 : 1;
        }
        return running;
    }

    /** What was to be stored later must be there by now, under whichever name. */
    SoakTotals settle() {
        for (SoakRecording recording : delayed) {
            String key = s3.keys().stream()
                    .filter(name -> name.endsWith(".json"))
                    .filter(name -> s3.text(name).orElse("").contains(recording.sessionId()))
                    .findFirst()
                    .map(name -> name.replace(".json", ".txt"))
                    .orElse("");
            totals.check(recording, s3.text(key).orElse(""));
        }
        delayed.clear();
        return totals;
    }
}
