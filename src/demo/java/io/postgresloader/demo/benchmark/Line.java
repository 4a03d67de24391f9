package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;
import io.postgresloader.demo.benchmark.report.Figure;
import java.util.Locale;

/** One figure of one round as a line for somebody who waits. */
final class Line {
    private Line() {}

    static String of(Figure.Name name, Cost cost, Cost floor) {
        double seconds = value(cost, Quantity.SECONDS);
        String ratio = floor.value(Quantity.SECONDS).isEmpty()
                ? ""
                : String.format(Locale.ROOT, " (%.2f of the floor)", seconds / value(floor, Quantity.SECONDS));
        return String.format(
                Locale.ROOT,
                "%s, %s, %s: %.2f s%s, CPU s: source %.2f, backends %.2f, program %.2f; %.0f MiB",
                name.engine(),
                name.work(),
                name.program(),
                seconds,
                ratio,
                value(cost, Quantity.SOURCE_CPU),
                value(cost, Quantity.TARGET_CPU),
                value(cost, Quantity.LOADER_CPU),
                value(cost, Quantity.LOADER_MEMORY));
    }

    private static double value(Cost cost, Quantity quantity) {
        return cost.value(quantity).orElse(Double.NaN);
    }
}
