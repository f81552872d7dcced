package dev.steno.soak;

import java.util.List;
import java.util.Locale;

/** Draws series one below the other over the same time, as SVG. */
final class Plot {
    private static final int WIDTH = 900;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int PANEL = 150;
    private static final int TOP = 50;
    private static final int GAP = 45;

    private final double seconds;
    private final StringBuilder svg = new StringBuilder();

    private Plot(double seconds) {
        this.seconds = seconds;
    }

    static String draw(String title, List<Series> panels) {
        double seconds = panels.stream()
                .flatMap(series -> series.points().stream())
                .mapToDouble(point -> point[0])
                .max()
                .orElse(1);
        Plot plot = new Plot(Math.max(1, seconds));
        int height = TOP + panels.size() * (PANEL + GAP);
        plot.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">",
                WIDTH, height);
        plot.add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, height);
        plot.add("<text x=\"%d\" y=\"25\" font-size=\"16\">%s</text>", LEFT, title);
        for (int i = 0; i < panels.size(); i++) {
            plot.panel(panels.get(i), TOP + i * (PANEL + GAP));
        }
        plot.add("</svg>");
        return plot.svg.toString();
    }

    /** From zero, so that flat looks flat. */
    private void panel(Series series, int top) {
        double most = roundedUp(series.largest());
        add("<text x=\"%d\" y=\"%d\">%s</text>", LEFT, top - 6, series.name());
        for (int i = 0; i <= 4; i++) {
            double y = top + PANEL - PANEL * i / 4.0;
            add(
                    "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT, y, WIDTH - RIGHT, LEFT - 8, y + 4, number(most * i / 4));
        }
        for (int i = 0; i <= 5; i++) {
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s min</text>",
                    x(seconds * i / 5), top + PANEL + 17, number(seconds * i / 5 / 60));
        }
        StringBuilder line = new StringBuilder();
        for (double[] point : series.points()) {
            line.append(format("%.1f,%.1f ", x(point[0]), top + PANEL - PANEL * point[1] / most));
        }
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"#1a5fb4\" stroke-width=\"1.5\"/>",
                line.toString().strip());
    }

    private double x(double at) {
        return LEFT + (WIDTH - LEFT - RIGHT) * at / seconds;
    }

    /** To 1, 2, 4 or 8 times a power of ten, which four lines divide well. */
    private static double roundedUp(double value) {
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
        for (double times : new double[] {1, 2, 4, 6, 8}) {
            if (value <= times * step) {
                return times * step;
            }
        }
        return 10 * step;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? format("%.0f", value) : format("%.1f", value);
    }

    private void add(String pattern, Object... values) {
        svg.append(format(pattern, values)).append('\n');
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
