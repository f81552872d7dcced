package dev.steno.testing;

import com.madgag.gif.fmsware.AnimatedGifEncoder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Makes the pictures of the README with a running Steno, and a real Chromium whose microphone plays a clip:
 * {@code ./mvnw test-compile exec:java@pictures}. Arguments: Steno's address, and the folder for the pictures.
 */
public final class Pictures {
    private static final String STENO = "http://localhost:8080/";
    private static final String FOLDER = "docs/pictures";
    private static final String CLIP = "sentences.wav";
    /** Five frames a second are enough for words that appear. */
    private static final int FRAME_MILLIS = 200;

    private static final int LAST_FRAME_MILLIS = 4_000;
    /** The page is stopped when nothing new was said for two seconds. */
    private static final int QUIET_FRAMES = 10;

    private static final int MAX_FRAMES = 150;
    private static final double PATIENCE_MILLIS = 30_000;

    private Pictures() {}

    public static void main(String[] arguments) throws IOException {
        URI steno = URI.create(arguments.length > 0 ? arguments[0] : STENO);
        Path folder = Files.createDirectories(Path.of(arguments.length > 1 ? arguments[1] : FOLDER));
        try (Browser browser = Browser.hearing(Microphone.file(CLIP))) {
            List<byte[]> frames = recording(open(browser, steno, 900, 560));
            writeGif(frames, folder.resolve("captions.gif"));
            Files.write(folder.resolve("full-screen.png"), fullScreen(open(browser, steno, 1_280, 720)));
        }
        try (Browser browser = Browser.hearing(Microphone.file(CLIP));
                CutProxy network = new CutProxy(steno)) {
            Page page = open(browser, network.address(), 900, 560);
            Files.write(folder.resolve("connection-lost.png"), connectionLost(page, network));
        }
    }

    /** Pictures from before Start until the page has named the file. */
    private static List<byte[]> recording(Page page) {
        List<byte[]> frames = new ArrayList<>(List.of(page.screenshot()));
        button(page, "Start");
        String said = "";
        for (int quiet = 0; quiet < QUIET_FRAMES && frames.size() < MAX_FRAMES; ) {
            page.waitForTimeout(FRAME_MILLIS);
            frames.add(page.screenshot());
            String before = said;
            said = page.locator("#recordings").innerText();
            quiet = said.isBlank() || !said.equals(before) ? 0 : quiet + 1;
        }
        button(page, "Stop");
        page.getByText("Saved").first().waitFor();
        frames.add(page.screenshot());
        return frames;
    }

    private static byte[] fullScreen(Page page) {
        button(page, "Start");
        button(page, "Full screen");
        page.mouse().move(0, 0); // all but the captions fades
        awaitWords(page, 8);
        byte[] picture = page.screenshot();
        page.keyboard().press("Escape");
        page.close();
        return picture;
    }

    private static byte[] connectionLost(Page page, CutProxy network) {
        button(page, "Start");
        awaitWords(page, 5);
        network.down();
        page.getByText("(2 s)").waitFor();
        byte[] picture = page.screenshot();
        page.close();
        return picture;
    }

    private static void awaitWords(Page page, int number) {
        page.waitForCondition(() -> page.locator("#recordings").innerText().split("\\s+").length >= number);
    }

    private static Page open(Browser browser, URI steno, int width, int height) {
        Page page = browser.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.setViewportSize(width, height);
        page.navigate(steno.toString());
        return page;
    }

    private static void button(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private static void writeGif(List<byte[]> frames, Path file) throws IOException {
        AnimatedGifEncoder gif = new AnimatedGifEncoder();
        gif.start(file.toString());
        gif.setRepeat(0);
        for (int i = 0; i < frames.size(); i++) {
            gif.setDelay(i == frames.size() - 1 ? LAST_FRAME_MILLIS : FRAME_MILLIS);
            gif.addFrame(ImageIO.read(new ByteArrayInputStream(frames.get(i))));
        }
        gif.finish();
    }
}
