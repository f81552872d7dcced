package dev.steno.it.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.AmazonStandIns;
import dev.steno.it.SharedSteno;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.s3.S3Server;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From the microphone through Amazon Transcribe into the bucket. */
class S3ArchiveIT {
    /** One final in the stream and one at its end. */
    private final byte[] audio = AmazonStandIns.audio(4);

    private final StenoProcess steno = SharedSteno.onAmazon();
    private final S3Server s3 = SharedSteno.amazon().s3();

    @Test
    void stores_in_the_bucket_and_says_so() {
        try (StenoClient client = record()) {
            JsonObject saved = client.await("saved");
            assertThat(client.awaitClose()).isEqualTo(1000);
            String key = saved.getString("s3_key");
            assertThat(key).matches(AmazonStandIns.PREFIX + "\\d{8}_\\d{6}(_\\d+)?\\.txt");
            assertThat(saved.getString("location")).isEqualTo("s3://" + S3Server.BUCKET + "/" + key);
            assertThat(s3.text(key)).contains(AmazonStandIns.text(audio));
            assertThat(s3.text(key.replace(".txt", ".json")))
                    .hasValueSatisfying(json -> assertThat(json).contains(saved.getString("session_id")));
        }
    }

    @Test
    void catches_up_after_an_outage() {
        int before = s3.keys().size();
        s3.down();
        try (StenoClient delayed = record()) {
            assertThat(delayed.awaitError("archive_delayed").getBoolean("fatal"))
                    .isTrue();
            assertThat(delayed.awaitClose()).isEqualTo(1000);
            assertThat(s3.keys()).hasSize(before);
        } finally {
            s3.up();
        }
        Wait.until(
                Duration.ofMinutes(2),
                () -> "two more than the " + before + " objects before, but there are " + s3.keys(),
                () -> s3.keys().size() == before + 2);
    }

    private StenoClient record() {
        StenoClient client = StenoClient.connect(steno.base());
        AmazonStandIns.send(client, audio);
        client.control("stop");
        return client;
    }
}
