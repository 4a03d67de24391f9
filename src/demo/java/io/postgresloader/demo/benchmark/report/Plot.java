package io.postgresloader.demo.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Draws lines over a common axis as an SVG picture. Both axes begin at zero, so that what is linear looks linear. */
public final class Plot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int BOTTOM = 60;
    private static final int LEGEND_LINE = 18;
    private static final int STEPS = 5;

    /** Also distinct for readers who see few colors. */
    private static final List<String> COLORS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9");

    private final String title;
    private final String horizontal;
    private final String vertical;
    private final List<Series> series;
    private final List<Mark> marks;

    /** One line of the plot. */
    public record Series(String name, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** A point of a line, neither number less than zero. */
    public record Point(double x, double y) {}

    /** A vertical line with a text, where something changes. */
    public record Mark(double x, String text) {}

    /**
     * @param horizontal what the horizontal axis shows, with its unit
     * @param vertical what the vertical axis shows, with its unit
     */
    public Plot(String title, String horizontal, String vertical, List<Series> series, List<Mark> marks) {
        this.title = title;
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.series = List.copyOf(series);
        this.marks = List.copyOf(marks);
    }

    public List<String> svg() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">",
                WIDTH,
                HEIGHT));
        lines.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        lines.add(text(WIDTH / 2.0, TOP / 2.0, "middle", title));
        double x = greatest(series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::x));
        double y = greatest(series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::y));
        addAxes(lines, x, y);
        for (int number = 0; number < series.size(); number++) {
            add(lines, series.get(number), number, x, y);
        }
        for (int number = 0; number < marks.size(); number++) {
            add(lines, marks.get(number), number, x);
        }
        lines.add("</svg>");
        return lines;
    }

    private void addAxes(List<String> lines, double greatestX, double greatestY) {
        for (int step = 0; step <= STEPS; step++) {
            double x = across(step, STEPS);
            double y = up(step, STEPS);
            lines.add(line(LEFT, y, WIDTH - RIGHT, y));
            lines.add(text(LEFT - 6, y + 4, "end", number(greatestY * step / STEPS)));
            lines.add(text(x, HEIGHT - BOTTOM + 16, "middle", number(greatestX * step / STEPS)));
        }
        lines.add(line(LEFT, TOP, LEFT, HEIGHT - BOTTOM));
        lines.add(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 20, "middle", horizontal));
        lines.add(text(LEFT, TOP - 8, "middle", vertical));
    }

    private static void add(List<String> lines, Series series, int number, double greatestX, double greatestY) {
        String color = COLORS.get(number % COLORS.size());
        StringBuilder points = new StringBuilder();
        for (Point point : series.points()) {
            double x = across(point.x(), greatestX);
            double y = up(point.y(), greatestY);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            lines.add(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, color));
        }
        lines.add("<polyline points=\"" + points.toString().strip() + "\" fill=\"none\" stroke=\"" + color
                + "\" stroke-width=\"2\"/>");
        double y = TOP + 14 + number * LEGEND_LINE;
        lines.add(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%.1f\" width=\"12\" height=\"4\" fill=\"%s\"/>",
                LEFT + 12,
                y - 5,
                color));
        lines.add(text(LEFT + 30, y, "start", series.name()));
    }

    /** Marks may be close to each other: each has its text on a line of its own, above the horizontal axis. */
    private static void add(List<String> lines, Mark mark, int number, double greatestX) {
        double x = across(mark.x(), greatestX);
        lines.add(line(x, TOP, x, HEIGHT - BOTTOM).replace("/>", " stroke-dasharray=\"4 4\"/>"));
        boolean left = x > WIDTH / 2.0;
        double y = HEIGHT - BOTTOM - 8 - number * LEGEND_LINE;
        lines.add(text(left ? x - 4 : x + 4, y, left ? "end" : "start", mark.text()));
    }

    private static double across(double value, double greatest) {
        return LEFT + value / greatest * (WIDTH - LEFT - RIGHT);
    }

    private static double up(double value, double greatest) {
        return HEIGHT - BOTTOM - value / greatest * (HEIGHT - TOP - BOTTOM);
    }

    /** A round number that is not less than the greatest value. */
    private static double greatest(DoubleStream values) {
        double greatest = values.max().orElse(1);
        if (!(greatest > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(greatest)));
        return Math.ceil(greatest / power * 2) / 2 * power;
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#cccccc\"/>",
                x1,
                y1,
                x2,
                y2);
    }

    private static String text(double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped);
    }

    private static String number(double value) {
        return value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
