package dev.steno.recognition.sphinx;

import dev.steno.recognition.RecognitionResult;
import dev.steno.testing.Clip;
import dev.steno.testing.Microphone;
import dev.steno.testing.WordErrorRate;
import dev.steno.transcript.AudioFormat;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures the embedded recogniser on the clips of a folder, the shipped ones without an argument, and prints a table:
 * word errors, real-time factor by CPU time and by wall time, delay of the first partial, words that were taken back,
 * heap. Each clip is a recording of its own. {@code ./mvnw -Pbench verify -Dbench.audio=FOLDER}
 */
public final class SphinxBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The JIT compiler has seen the decoder by then. */
    private static final int WARM_UP_CLIPS = 4;

    /** Samples beyond this are more than the noise of a quiet room: -35 dB of full scale. */
    private static final int AUDIBLE = 600;

    private final PrintStream out = System.out;

    /** What one clip gave. */
    private record Measured(
            WordErrorRate words,
            double audio,
            double cpu,
            double wall,
            double firstPartial,
            int partials,
            int takenBack) {
        Measured plus(Measured other) {
            return new Measured(
                    words.plus(other.words),
                    audio + other.audio,
                    cpu + other.cpu,
                    wall + other.wall,
                    Math.max(firstPartial, other.firstPartial),
                    partials + other.partials,
                    takenBack + other.takenBack);
        }
    }

    private SphinxBench() {}

    public static void main(String[] arguments) throws Exception {
        boolean given = arguments.length > 0 && !arguments[0].isBlank();
        new SphinxBench().run(given ? Clip.in(Path.of(arguments[0])) : Clip.shipped());
    }

    private void run(List<Clip> clips) throws Exception {
        SphinxLogging.quiet();
        long empty = heapBytes();
        long start = System.nanoTime();
        SphinxModels models = SphinxModels.load(SphinxTuning.DEFAULT);
        double loading = (System.nanoTime() - start) / 1e9;
        long loaded = heapBytes();
        for (int i = 0; i < WARM_UP_CLIPS; i++) {
            measure(models, clips.get(i % clips.size()));
        }
        out.println();
        table("One recording at a time", runAtOnce(1, models, clips));
        table("Two recordings at once", runAtOnce(2, models, clips));
        List<SphinxDecoder> kept = new ArrayList<>();
        long before = heapBytes();
        for (int i = 0; i < 2; i++) {
            SphinxDecoder decoder = new SphinxDecoder(models, new Heard());
            Microphone.chunks(clips.get(0).audio()).forEach(chunk -> decoder.decode(chunk, chunk.length));
            kept.add(decoder);
        }
        out.printf(
                "Models: %.1f s to load, %d MB of heap; each recording in mid-utterance adds %.1f MB.%n%n",
                loading, (loaded - empty) >> 20, (heapBytes() - before) / 2.0 / (1 << 20) * kept.size() / 2);
    }

    private List<List<Measured>> runAtOnce(int recordings, SphinxModels models, List<Clip> clips) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(recordings);
        try {
            List<Future<List<Measured>>> running = new ArrayList<>();
            for (int i = 0; i < recordings; i++) {
                running.add(threads.submit(
                        () -> clips.stream().map(clip -> measure(models, clip)).toList()));
            }
            List<List<Measured>> all = new ArrayList<>();
            for (Future<List<Measured>> each : running) {
                all.add(each.get());
            }
            for (int i = 0; i < clips.size(); i++) {
                out.printf("%-24s %s%n", clips.get(i).name(), row(all.get(0).get(i)));
            }
            return all;
        } finally {
            threads.shutdown();
        }
    }

    private void table(String title, List<List<Measured>> all) {
        Measured sum = all.stream().flatMap(List::stream).reduce(Measured::plus).orElseThrow();
        out.printf("%-24s %s%n", "= " + title, row(sum));
        out.println(
                "(word errors / words, real-time factor by CPU and by wall time, first partial after the first audible sample, "
                        + "words of partials that a later one took back)");
        out.println();
    }

    private static String row(Measured measured) {
        return String.format(
                "%3d / %3d   rtf cpu %.2f  wall %.2f   first partial %.2f s   partials %3d   taken back %3d",
                measured.words().errors(),
                measured.words().words(),
                measured.cpu() / measured.audio(),
                measured.wall() / measured.audio(),
                measured.firstPartial(),
                measured.partials(),
                measured.takenBack());
    }

    private static Measured measure(SphinxModels models, Clip clip) {
        Heard heard = new Heard();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        SphinxDecoder decoder = new SphinxDecoder(models, heard);
        for (byte[] chunk : Microphone.chunks(clip.audio())) {
            heard.position += AudioFormat.seconds(chunk.length);
            decoder.decode(chunk, chunk.length);
        }
        decoder.finish();
        return new Measured(
                WordErrorRate.of(clip.text(), String.join(" ", heard.finals)),
                clip.seconds(),
                (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9,
                (System.nanoTime() - wall) / 1e9,
                heard.firstPartial - firstAudible(clip.audio()),
                heard.partials,
                heard.takenBack);
    }

    /** When the first sample comes that a person would hear, in seconds. */
    private static double firstAudible(byte[] audio) {
        for (int i = 0; i + 1 < audio.length; i += AudioFormat.BYTES_PER_SAMPLE) {
            if (Math.abs((short) ((audio[i] & 0xff) | (audio[i + 1] << 8))) > AUDIBLE) {
                return AudioFormat.seconds(i);
            }
        }
        return 0;
    }

    private static long heapBytes() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100); // lets reference processing finish; a measurement, not a test
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What a decoder said, and how much audio it had by then. */
    private static final class Heard implements SphinxDecoder.Output {
        private final List<String> finals = new ArrayList<>();
        private List<String> shown = List.of();
        private double position;
        private double firstPartial;
        private int partials;
        private int takenBack;

        @Override
        public void partial(RecognitionResult result) {
            if (firstPartial == 0) {
                firstPartial = position;
            }
            partials++;
            show(result.text());
        }

        @Override
        public void settled(RecognitionResult result) {
            finals.add(result.text());
            show(result.text());
            shown = List.of();
        }

        private void show(String text) {
            List<String> words = List.of(text.split(" "));
            int same = 0;
            while (same < Math.min(words.size(), shown.size())
                    && words.get(same).equals(shown.get(same))) {
                same++;
            }
            takenBack += shown.size() - same;
            shown = words;
        }
    }
}
