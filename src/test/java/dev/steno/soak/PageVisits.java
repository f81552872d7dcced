package dev.steno.soak;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.steno.testing.Browser;
import dev.steno.testing.Microphone;
import dev.steno.testing.StenoProcess;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The first and the second visit of the page on a slow mobile network, as browsers' tools emulate it: requests, bytes
 * over the network until nothing more comes, and the time until Start can be pressed and the page says who listens.
 * Prints a row for each. {@code steno.war} may be an older one.
 */
public final class PageVisits {
    /** "Slow 4G": 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. */
    private static final int LATENCY_MILLIS = 150;

    private static final int DOWN_BYTES = 200_000;
    private static final int UP_BYTES = 93_750;
    private static final int QUIET_MILLIS = 3_000;
    private static final int TRIES = 3;

    private static final String READY =
            "new MutationObserver(() => { if (document.getElementById('engine')?.textContent)"
                    + " globalThis.readyAt ??= performance.now(); }).observe(document, { childList: true, subtree: true, characterData: true });";

    private PageVisits() {}

    public static void main(String[] arguments) throws Exception {
        try (StenoProcess steno = StenoProcess.start(Files.createTempDirectory("steno-visits"), Map.of());
                Browser browser = Browser.hearing(Microphone.file("sentences.wav"))) {
            steno.awaitOk("healthz/ready");
            System.out.println("| visit | requests | over the network, kB | Start after, s |\n|---|---|---|---|");
            for (int attempt = 0; attempt < TRIES; attempt++) {
                Page first = browser.newPage();
                System.out.println("| first | " + visit(first, steno));
                System.out.println("| second | " + visit(first.context().newPage(), steno));
                Browser.close(first);
            }
        }
    }

    private static String visit(Page page, StenoProcess steno) {
        AtomicInteger requests = new AtomicInteger();
        AtomicLong bytes = new AtomicLong();
        CDPSession devTools = page.context().newCDPSession(page);
        devTools.send("Network.enable");
        devTools.send("Network.emulateNetworkConditions", slow());
        devTools.on("Network.responseReceived", event -> {
            JsonObject response = event.getAsJsonObject("response");
            if (!response.get("fromDiskCache").getAsBoolean()) {
                requests.incrementAndGet();
            }
        });
        devTools.on(
                "Network.loadingFinished",
                event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        page.addInitScript(READY);
        page.navigate(
                "http://localhost:" + steno.base().getPort() + steno.base().getPath());
        page.waitForFunction("() => globalThis.readyAt");
        double seconds = ((Number) page.evaluate("() => globalThis.readyAt")).doubleValue() / 1_000;
        page.waitForTimeout(QUIET_MILLIS);
        return String.format(Locale.ROOT, "%d | %.1f | %.2f |", requests.get(), bytes.get() / 1_000.0, seconds);
    }

    private static JsonObject slow() {
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", LATENCY_MILLIS);
        conditions.addProperty("downloadThroughput", DOWN_BYTES);
        conditions.addProperty("uploadThroughput", UP_BYTES);
        return conditions;
    }
}
