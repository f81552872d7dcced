package dev.steno.soak;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.steno.testing.Browser;
import dev.steno.testing.CutProxy;
import dev.steno.testing.Microphone;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Outages in a real browser: pages record at once, each behind a network of its own that goes away for its time; the
 * server of the last one is killed and started again. Prints a row for each: what the page heard, what the server
 * stored of it, and what the page told. {@code page.outages} (20,50,120,300) are the seconds.
 */
public final class PageOutages {
    private static final List<Integer> OUTAGES = Arrays.stream(
                    System.getProperty("page.outages", "20,50,120,300").split(",", -1))
            .map(Integer::valueOf)
            .toList();
    /** Time to speak before the outage, and after it until Stop. */
    private static final int BEFORE_SECONDS = 15;

    private static final int AFTER_SECONDS = 40;
    private static final double SAVE_MILLIS = 120_000;

    /** Audio that finals cover, by this browser's own list; what the marks between them say is missing; the notices. */
    private static final String REPORT = """
            () => new Promise((resolve) => { const open = indexedDB.open("steno"); open.onsuccess = () => {
              const all = open.result.transaction("segments").objectStore("segments").getAll();
              all.onsuccess = () => resolve({
                covered: all.result.reduce((sum, { start, end }) => sum + end - start, 0),
                lost: [...document.querySelectorAll(".mark")].map(({ textContent }) => parseFloat(textContent)).filter(Boolean)
                  .reduce((sum, seconds) => sum + seconds, 0),
                heard: document.getElementById("elapsed").textContent.split(":").reduce((sum, part) => 60 * sum + Number(part), 0),
                recordings: document.querySelectorAll(".recording").length,
                notices: [...document.querySelectorAll(".notice .title")].map(({ textContent }) => textContent).join("; "),
              }); }; })
            """;

    /** One page, and what happens to it. */
    private static final class Speaker {
        private final String name;
        private final CutProxy network;
        private final Page page;
        private final Runnable away;
        private final Runnable back;
        private final int seconds;
        private String told = "";
        private double behindAtWorst;
        private boolean stopped;

        Speaker(String name, CutProxy network, Browser browser, Runnable away, Runnable back, int seconds) {
            this.name = name;
            this.network = network;
            this.away = away;
            this.back = back;
            this.seconds = seconds;
            page = browser.newPage();
            page.navigate("http://localhost:" + network.address().getPort()
                    + network.address().getPath());
        }

        void start() {
            button("Start");
            page.waitForSelector("body[data-state=recording]");
        }

        /** Remembers the last that the banner said, and how far the words were behind. */
        void look() {
            if (page.isVisible("#link")) {
                told = page.innerText("#link .kept");
            }
            String behind = page.innerText("#behind").replaceAll("\\D", "");
            behindAtWorst = Math.max(behindAtWorst, behind.isEmpty() ? 0 : Double.parseDouble(behind));
        }

        void stop() {
            stopped = true;
            if (page.isVisible("body[data-state=recording]")) {
                button("Stop");
            }
        }

        private void button(String label) {
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName(label).setExact(true))
                    .click();
        }

        @SuppressWarnings("unchecked")
        String row() {
            page.waitForSelector("body[data-state=ended]", new Page.WaitForSelectorOptions().setTimeout(SAVE_MILLIS));
            page.waitForTimeout(1_000); // the list of own recordings is written
            Map<String, Object> report = (Map<String, Object>) page.evaluate(REPORT);
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.1f | %s | %.0f | %s | %s |",
                    name,
                    report.get("heard"),
                    ((Number) report.get("covered")).doubleValue(),
                    ((Number) report.get("lost")).doubleValue(),
                    report.get("recordings"),
                    behindAtWorst,
                    told,
                    report.get("notices"));
        }
    }

    private PageOutages() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("steno-page");
        try (TranscribeServer transcribe = TranscribeServer.start(
                        TranscribeServerOptions.defaults().withStreamLimit(20));
                StenoProcess steno =
                        StenoProcess.start(Files.createDirectory(folder.resolve("steno")), on(transcribe));
                StenoProcess mortal =
                        StenoProcess.start(Files.createDirectory(folder.resolve("mortal")), on(transcribe));
                Browser browser = Browser.hearing(Microphone.file("sentences.wav"))) {
            steno.awaitOk("healthz/ready");
            mortal.awaitOk("healthz/ready");
            play(browser, steno, mortal);
        }
    }

    private static void play(Browser browser, StenoProcess steno, StenoProcess mortal) throws IOException {
        List<Speaker> speakers = new ArrayList<>();
        for (int seconds : OUTAGES) {
            CutProxy network = new CutProxy(steno.base());
            speakers.add(new Speaker(
                    "network away for " + seconds + " s", network, browser, network::down, network::up, seconds));
        }
        CutProxy network = new CutProxy(mortal.base());
        List<StenoProcess> started = new ArrayList<>();
        speakers.add(new Speaker(
                "server killed, started again after 5 s",
                network,
                browser,
                mortal::kill,
                () -> started.add(mortal.again()),
                5));
        speakers.forEach(Speaker::start);
        run(speakers);
        System.out.println("| what | heard, s | in finals, s | told as lost, s | recordings | behind at worst, s"
                + " | the banner's last words | notices at the end |\n|---|---|---|---|---|---|---|---|");
        speakers.forEach(speaker -> System.out.println(speaker.row()));
        speakers.forEach(speaker -> speaker.network.close());
        started.forEach(StenoProcess::close);
    }

    /** All belongs to this thread, as Playwright wants it: each second it does for each page what is due. */
    private static void run(List<Speaker> speakers) {
        long begin = System.nanoTime();
        Map<Speaker, Integer> done = new HashMap<>();
        while (speakers.stream().anyMatch(speaker -> !speaker.stopped)) {
            speakers.get(0).page.waitForTimeout(1_000);
            long now = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            for (Speaker speaker : speakers) {
                List<Runnable> steps = List.of(speaker.away, speaker.back, speaker::stop);
                List<Integer> times = List.of(
                        BEFORE_SECONDS,
                        BEFORE_SECONDS + speaker.seconds,
                        BEFORE_SECONDS + speaker.seconds + AFTER_SECONDS);
                int next = done.getOrDefault(speaker, 0);
                if (next < steps.size() && now >= times.get(next) && mayGoOn(speaker, next)) {
                    done.put(speaker, next + 1);
                    steps.get(next).run();
                }
                if (!speaker.stopped) {
                    speaker.look();
                }
            }
        }
    }

    /** Stop comes when the connection is back: a server needs its time to start. */
    private static boolean mayGoOn(Speaker speaker, int step) {
        return step < 2 || !speaker.page.isVisible("#link");
    }

    static Map<String, String> on(TranscribeServer transcribe) {
        TranscribeServerOptions account = TranscribeServerOptions.defaults();
        return Map.of(
                "TRANSCRIPTION_ENGINE", "amazon-transcribe",
                "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING", transcribe.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", account.accessKey(),
                "AWS_SECRET_ACCESS_KEY", account.secretKey());
    }
}
