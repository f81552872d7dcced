package dev.steno.soak;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A value over time. Not thread-safe. */
final class Series {
    private final String name;
    private final List<double[]> points = new ArrayList<>();

    /** @param name with its unit */
    Series(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void add(double seconds, double value) {
        points.add(new double[] {rounded(seconds), rounded(value)});
    }

    /** Pairs of seconds and value. */
    List<double[]> points() {
        return points;
    }

    double largest() {
        return points.stream().mapToDouble(point -> point[1]).max().orElse(0);
    }

    /** How much more it is in the last quarter of the time than in the second: what comes once is there by then. */
    double growth() {
        int quarter = points.size() / 4;
        return quarter == 0
                ? 0
                : rounded(median(points.subList(3 * quarter, points.size()))
                        - median(points.subList(quarter, 2 * quarter)));
    }

    JsonArray json() {
        JsonArrayBuilder array = Json.createArrayBuilder();
        points.forEach(
                point -> array.add(Json.createArrayBuilder().add(point[0]).add(point[1])));
        return array.build();
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static double median(List<double[]> some) {
        double[] values = some.stream().mapToDouble(point -> point[1]).toArray();
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
