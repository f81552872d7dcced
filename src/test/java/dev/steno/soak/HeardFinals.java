package dev.steno.soak;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The finals of one recording. The stand-in's results are hashes of the audio that it received, so they show that each
 * byte arrived once and in order, through whatever happened on its way. Not thread-safe.
 */
final class HeardFinals {
    private static final Pattern RESULT = Pattern.compile("segment \\d+ bytes (\\d+) sha (\\w+)");

    private final Noise said;
    private final List<String> texts = new ArrayList<>();
    private long covered;
    private String problem;

    HeardFinals(Noise said) {
        this.said = said;
    }

    /** A final as it came; after a resume one may come a second time. */
    void add(JsonObject message) {
        int segment = message.getInt("segment");
        String text = message.getString("text");
        if (segment < texts.size()) {
            check(texts.get(segment).equals(text), "segment " + segment + " came again with another text");
            return;
        }
        check(segment == texts.size(), "segment " + segment + " came after " + texts.size() + " finals");
        texts.add(text);
        Matcher result = RESULT.matcher(text);
        check(result.matches(), "no result of the stand-in: " + text);
        if (problem == null) {
            int length = Integer.parseInt(result.group(1));
            check(said.hash(covered, length).equals(result.group(2)), "other audio than was said from byte " + covered);
            covered += length;
        }
    }

    int count() {
        return texts.size();
    }

    /** What the archive must hold. */
    String transcript() {
        return String.join("\n", texts) + "\n";
    }

    /** @return what is wrong if this is all that comes; null if nothing is */
    String problem(long saidBytes) {
        check(covered == saidBytes, "finals cover " + covered + " of " + saidBytes + " bytes");
        return problem;
    }

    private void check(boolean right, String otherwise) {
        if (!right && problem == null) {
            problem = otherwise;
        }
    }
}
