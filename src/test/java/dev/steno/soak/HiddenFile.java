package dev.steno.soak;

import dev.steno.testing.Microphone;
import dev.steno.testing.ProcessUsage;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.ReceivedStream;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * A long file in a hidden tab, whose timers the browser holds back: what reaches the engine in each minute, and the
 * memory of the page's process. {@code page.file} is the file, or else a WAV file of {@code page.file.minutes} (60) is
 * made.
 */
public final class HiddenFile {
    private static final int BYTES_PER_SECOND = 32_000;
    private static final int WAV_HEAD_BYTES = 44;
    private static final String STATE = "document.body.dataset.state";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final double MOST_SILENT_MINUTES = 3;

    private HiddenFile() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("steno-hidden");
        String named = System.getProperty("page.file", "");
        Path file = named.isEmpty()
                ? speech(folder.resolve("speech.wav"), Integer.getInteger("page.file.minutes", 60))
                : Path.of(named);
        try (TranscribeServer transcribe = TranscribeServer.start(
                        TranscribeServerOptions.defaults().withStreamLimit(2));
                StenoProcess steno = StenoProcess.start(folder, PageOutages.on(transcribe));
                DevTools browser = DevTools.open(folder.resolve("profile"))) {
            steno.awaitOk("healthz/ready");
            browser.navigate(
                    "http://localhost:" + steno.base().getPort() + steno.base().getPath());
            await(browser, "document.querySelector('#engine')?.textContent.length > 0");
            browser.choose("#chooser", file);
            await(browser, STATE + " === 'recording'");
            browser.openAnotherTab();
            await(browser, "document.visibilityState === 'hidden'");
            follow(browser, transcribe, file);
        }
    }

    private static void await(DevTools browser, String condition) {
        Wait.until(PATIENCE, () -> condition, () -> browser.evaluate(condition).equals("true"));
    }

    private static void follow(DevTools browser, TranscribeServer transcribe, Path file) throws InterruptedException {
        List<Integer> minutes = new ArrayList<>();
        int firstMebibytes = 0;
        int mostMebibytes = 0;
        long before = bytes(transcribe);
        long begin = System.nanoTime();
        double silentMinutes = 0;
        while (!browser.evaluate(STATE).equals("ended") && silentMinutes < MOST_SILENT_MINUTES) {
            Thread.sleep(MINUTE.toMillis());
            long now = bytes(transcribe);
            int mebibytes = rendererMebibytes();
            firstMebibytes = firstMebibytes == 0 ? mebibytes : firstMebibytes;
            mostMebibytes = Math.max(mostMebibytes, mebibytes);
            minutes.add((int) ((now - before) / BYTES_PER_SECOND));
            silentMinutes = now == before ? silentMinutes + 1 : 0;
            before = now;
            System.out.println("minute " + minutes.size() + ": " + minutes.get(minutes.size() - 1) + " s sent, "
                    + mebibytes + " MiB, " + browser.evaluate("document.visibilityState") + ", "
                    + browser.evaluate("document.querySelector('#progress .done').textContent"));
        }
        IntSummaryStatistics sent = minutes.subList(0, Math.max(1, minutes.size() - 1)).stream()
                .mapToInt(Integer::intValue)
                .summaryStatistics();
        System.out.printf(
                Locale.ROOT,
                "| file | reached the engine, s | took, min | sent in a minute, s: least, most | MiB after a minute, most |"
                        + "%n|---|---|---|---|---|%n| %s | %.1f | %.1f | %d, %d | %d, %d |%n",
                file.getFileName(),
                (double) before / BYTES_PER_SECOND,
                (System.nanoTime() - begin) / 60e9,
                sent.getMin(),
                sent.getMax(),
                firstMebibytes,
                mostMebibytes);
    }

    private static long bytes(TranscribeServer transcribe) {
        return transcribe.streams().stream().mapToLong(ReceivedStream::bytes).sum();
    }

    /** Of the largest page of the browser that this process started. */
    private static int rendererMebibytes() {
        return ProcessHandle.current()
                .descendants()
                .filter(HiddenFile::isRenderer)
                .mapToInt(process -> new ProcessUsage(process).residentMebibytes())
                .max()
                .orElse(-1);
    }

    private static boolean isRenderer(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains("--type=renderer");
        } catch (IOException e) {
            return false; // it has just ended, or there is no /proc
        }
    }

    private static Path speech(Path file, int minutes) throws Exception {
        byte[] clip = Files.readAllBytes(Microphone.file("sentences.wav"));
        long bytes = MINUTE.toSeconds() * minutes * BYTES_PER_SECOND;
        ByteBuffer head = ByteBuffer.wrap(clip, 0, WAV_HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(4, (int) (bytes + WAV_HEAD_BYTES - 8)).putInt(WAV_HEAD_BYTES - 4, (int) bytes);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(clip, 0, WAV_HEAD_BYTES);
            for (long left = bytes; left > 0; left -= clip.length - WAV_HEAD_BYTES) {
                out.write(clip, WAV_HEAD_BYTES, (int) Math.min(left, clip.length - WAV_HEAD_BYTES));
            }
        }
        return file;
    }
}
