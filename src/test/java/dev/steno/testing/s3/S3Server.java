package dev.steno.testing.s3;

import dev.steno.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server with one empty bucket, on the loopback address, that fails on command. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "transcripts";

    /** AWS's documentation examples, the same as those of the Transcribe stand-in. */
    public static final String ACCESS_KEY = "AKIDEXAMPLE";

    public static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private final BlobStore store = new TransientNio2BlobStore();
    private final S3Proxy server;
    private final FaultyProxy proxy;

    private S3Server(int port) {
        store.createContainer(BUCKET);
        server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .stopTimeout(0)
                .build();
        start(server);
        proxy = new FaultyProxy(port, server.getPort());
    }

    public static S3Server start() {
        return new S3Server(Ports.free());
    }

    /** By hand: {@code --port=19003 --control-port=19004}. Runs until it is interrupted. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (S3Server s3 = new S3Server(argument(arguments, "--port=", 19003));
                ControlPort control = ControlPort.open(s3, argument(arguments, "--control-port=", 19004))) {
            System.out.println("S3: " + s3.endpoint() + ", control " + control.address() + ", S3_BUCKET=" + BUCKET
                    + " AWS_ACCESS_KEY_ID=" + ACCESS_KEY + " AWS_SECRET_ACCESS_KEY=" + SECRET_KEY);
            Thread.currentThread().join();
        }
    }

    private static int argument(String[] arguments, String name, int absent) {
        return List.of(arguments).stream()
                .filter(argument -> argument.startsWith(name))
                .map(argument -> Integer.parseInt(argument.substring(name.length())))
                .findFirst()
                .orElse(absent);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.port());
    }

    /** What a client needs to know, by configuration key. */
    public Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "S3_BUCKET",
                BUCKET,
                "AWS_ENDPOINT_URL_S3",
                endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                SECRET_KEY));
    }

    /** Each put takes the next of these; puts after the last one work, or meet what happens always. */
    public void play(Fault... coming) {
        proxy.play(coming);
    }

    public void always(Fault fault) {
        proxy.always(fault);
    }

    /** No faults any more. */
    public void heal() {
        proxy.heal();
    }

    /** Connections are refused until it is up again. */
    public void down() {
        proxy.down();
    }

    public void up() {
        proxy.up();
    }

    /** Puts that arrived, whatever became of them. */
    public int puts() {
        return proxy.puts();
    }

    public List<String> keys() {
        return store.list(BUCKET).contents().stream().map(S3Object::key).toList();
    }

    public Optional<String> text(String key) {
        return bytes(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Uploads in parts that have begun and neither ended nor been aborted. */
    public int uploads() {
        return store.listMultipartUploads(BUCKET).size();
    }

    /** Deletes all objects. */
    public void clear() {
        keys().forEach(key -> store.removeBlob(BUCKET, key));
    }

    public Optional<byte[]> bytes(String key) {
        if (!store.blobExists(BUCKET, key)) {
            return Optional.empty();
        }
        try (var object = store.getBlob(BUCKET, key)) {
            return Optional.of(object.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Content type and metadata. */
    public HeadObjectResponse head(String key) {
        return store.blobMetadata(BUCKET, key);
    }

    @Override
    public void close() {
        proxy.close();
        try {
            server.stop();
        } catch (Exception e) { // as it is declared
            throw new IllegalStateException("The S3 server does not stop", e);
        }
    }

    private static void start(S3Proxy server) {
        try {
            server.start();
        } catch (Exception e) { // as it is declared
            throw new IllegalStateException("The S3 server does not start", e);
        }
    }
}
