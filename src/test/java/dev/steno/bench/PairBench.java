package dev.steno.bench;

import dev.steno.testing.Ports;
import dev.steno.testing.ProcessUsage;
import dev.steno.testing.ServerJvm;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.s3.S3Server;
import dev.steno.testing.transcribe.TranscribeServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Two WARs beside each other, measured in turn: what a change costs, on a machine whose speed changes by the hour. As
 * {@link LiveBench} in all else. Settings, as system properties: {@code bench.before} and {@code bench.after} (the
 * WARs), {@code bench.rounds} (4), {@code bench.seconds} (25), {@code bench.recordings} (100), {@code bench.warmup}
 * (180 seconds, both at once).
 */
public final class PairBench {
    private static final int RECORDINGS = Integer.getInteger("bench.recordings", 100);
    private static final boolean BINARY = Boolean.getBoolean("bench.binary");

    private PairBench() {}

    private record Side(String name, StenoProcess steno, ProcessUsage usage, ServerJvm jvm, Load load) {
        static Side start(String name, int transcribe, int s3) throws Exception {
            System.setProperty("steno.war", System.getProperty("bench." + name));
            StenoProcess steno = StenoProcess.start(
                    Files.createTempDirectory("steno-" + name), LiveBench.environment(transcribe, s3));
            steno.awaitOk("healthz/ready");
            return new Side(
                    name,
                    steno,
                    new ProcessUsage(steno.handle()),
                    ServerJvm.attach(steno.handle().pid()),
                    new Load(steno.base()));
        }

        LoadResult run(int seconds) throws Exception {
            return load.run(RECORDINGS, Duration.ofSeconds(seconds), BINARY, usage, jvm);
        }

        CompletableFuture<Void> warmUp() {
            return CompletableFuture.runAsync(() -> {
                try {
                    run(Integer.getInteger("bench.warmup", 180));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        void close() throws Exception {
            jvm.close();
            steno.close();
        }
    }

    public static void main(String[] arguments) throws Exception {
        int transcribe = Ports.free();
        int s3 = Ports.free();
        Process transcribeServer = LiveBench.stand(TranscribeServer.class, transcribe, "--stream-limit=2000");
        Process s3Server = LiveBench.stand(S3Server.class, s3);
        List<Side> sides = new ArrayList<>();
        try {
            for (String name : List.of("before", "after")) {
                sides.add(Side.start(name, transcribe, s3));
            }
            CompletableFuture.allOf(sides.stream().map(Side::warmUp).toArray(CompletableFuture[]::new))
                    .join();
            System.out.print("| WAR " + LoadResult.HEAD.replace("|---|---|", "|---|---|---|"));
            for (int round = 0; round < Integer.getInteger("bench.rounds", 4); round++) {
                for (Side side : sides) {
                    System.out.println("| " + side.name() + " "
                            + side.run(Integer.getInteger("bench.seconds", 25)).row());
                }
            }
        } finally {
            for (Side side : sides) {
                side.close();
            }
            transcribeServer.destroy();
            s3Server.destroy();
        }
    }
}
