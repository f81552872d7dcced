package dev.steno.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format (version 0.0.4), strictly: what this accepts, Prometheus accepts. */
public final class PrometheusText {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") .+");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE =
            Pattern.compile("((" + NAME + ")(?:\\{" + LABEL + "(?:," + LABEL + ")*})?) (-?[0-9.E+-]+|NaN|[+-]Inf)");
    private static final Pattern PART = Pattern.compile("_(bucket|sum|count)$");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, String> types = new HashMap<>();

    private PrometheusText() {}

    public static PrometheusText parse(String text) {
        PrometheusText parsed = new PrometheusText();
        assertThat(text).endsWith("\n");
        text.lines().forEach(parsed::line);
        assertThat(parsed.samples).isNotEmpty();
        return parsed;
    }

    private void line(String line) {
        Matcher type = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (type.matches()) {
            assertThat(types.put(type.group(1), type.group(2))).as(line).isNull();
        } else if (sample.matches()) {
            assertThat(types).as(line).containsKey(family(sample.group(2)));
            double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
            assertThat(samples.put(sample.group(1), value)).as(line).isNull();
        } else {
            assertThat(line).matches(HELP);
        }
    }

    private String family(String name) {
        String whole = PART.matcher(name).replaceFirst("");
        return "histogram".equals(types.get(whole)) ? whole : name;
    }

    /** @param series name and labels, as they are written */
    public double value(String series) {
        assertThat(samples).containsKey(series);
        return samples.get(series);
    }

    public Set<String> series() {
        return samples.keySet();
    }

    /** Names as they are after {@code # TYPE}. */
    public Set<String> families() {
        return types.keySet();
    }
}
