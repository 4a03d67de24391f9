package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;
import io.postgresloader.demo.benchmark.report.Figure;
import java.util.Locale;

/** One figure of one round as a line for somebody who waits. */
final class Line {
    private Line() {}

    static String of(Figure.Name name, Cost cost, Cost floor) {
        StringBuilder line = new StringBuilder(name.engine())
                .append(", ")
                .append(name.work())
                .append(", ")
                .append(name.program())
                .append(": ");
        cost.value(Quantity.SECONDS).ifPresent(seconds -> {
            line.append(format("%.2f s", seconds));
            floor.value(Quantity.SECONDS)
                    .ifPresent(least -> line.append(format(" (%.2f of the floor)", seconds / least)));
            line.append(", ");
        });
        return line.append(format(
                        "CPU s: source %.2f, backends %.2f, program %.2f; %.0f MiB",
                        value(cost, Quantity.SOURCE_CPU),
                        value(cost, Quantity.TARGET_CPU),
                        value(cost, Quantity.LOADER_CPU),
                        value(cost, Quantity.LOADER_MEMORY)))
                .toString();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static double value(Cost cost, Quantity quantity) {
        return cost.value(quantity).orElse(Double.NaN);
    }
}
