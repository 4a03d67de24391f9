package io.postgresloader.demo.benchmark.report;

import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The cells of a figure's line, the same on the console and in Markdown. */
final class Cells {
    /** Those that have a column; JSON has all. */
    private static final List<Quantity> SHOWN = List.of(
            Quantity.SOURCE_CPU,
            Quantity.TARGET_CPU,
            Quantity.TARGET_BACKGROUND_CPU,
            Quantity.LOADER_CPU,
            Quantity.LOADER_MEMORY,
            Quantity.SOURCE_CALLS,
            Quantity.SOURCE_STATEMENTS,
            Quantity.TARGET_COMMITS,
            Quantity.TARGET_WAL);

    private Cells() {}

    static List<String> headings() {
        return Stream.concat(
                        Stream.of("engine", "work", "program", "seconds", "of the floor", "backend of the floor"),
                        SHOWN.stream().map(Quantity::heading))
                .toList();
    }

    /** How many columns at the beginning hold words; numbers follow. */
    static int words() {
        return 3;
    }

    static List<String> of(Figure figure) {
        Cost median = figure.median();
        Figure.Name name = figure.name();
        return Stream.concat(
                        Stream.of(
                                name.engine(),
                                name.work(),
                                name.program(),
                                cell(median.value(Quantity.SECONDS), Quantity.SECONDS.decimals()),
                                cell(figure.ratio(Quantity.SECONDS), 2),
                                cell(figure.ratio(Quantity.TARGET_CPU), 2)),
                        SHOWN.stream().map(quantity -> cell(median.value(quantity), quantity.decimals())))
                .toList();
    }

    /** What one program needs for the figure in each round, fastest first, to show how much it varies. */
    static Optional<String> spread(Figure figure) {
        List<Double> seconds = figure.costs().stream()
                .flatMap(cost -> cost.value(Quantity.SECONDS).stream().boxed())
                .sorted()
                .toList();
        return seconds.size() < 2
                ? Optional.empty()
                : Optional.of(number(seconds.get(0), 2) + " to " + number(seconds.get(seconds.size() - 1), 2));
    }

    private static String cell(OptionalDouble value, int decimals) {
        return value.isEmpty() ? "-" : number(value.getAsDouble(), decimals);
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
