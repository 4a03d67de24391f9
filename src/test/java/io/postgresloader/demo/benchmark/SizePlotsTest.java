package io.postgresloader.demo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;
import io.postgresloader.demo.benchmark.report.Figure;
import io.postgresloader.demo.benchmark.report.Plot;
import io.postgresloader.demo.benchmark.report.Results;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SizePlotsTest {
    private final Results results = new Results();

    @Test
    void theSizeAtWhichTheReadingPlanChangesIsMarked() {
        figure("floor", 100, 0, 0);
        figure("loader", 100, 7, 101);
        figure("floor", 200, 0, 0);
        figure("loader", 200, 4, 203);
        figure("floor", 400, 0, 0);
        figure("loader", 400, 401, 3);
        figure("loader", 800, 430, 1600);
        figure("loader", 1600, 800, 3200);

        assertThat(SizePlots.marks(results.figures()))
                .containsExactly(
                        new Plot.Mark(300, "loader: one scan, from here key order"),
                        new Plot.Mark(600, "loader: key order, from here scans of key ranges"));
    }

    private void figure(String program, long rows, double indexed, double scanned) {
        Cost cost = new Cost(Map.of(Quantity.SOURCE_INDEXED, indexed, Quantity.SOURCE_SCANNED, scanned));
        results.add(new Figure.Name("MyISAM", "load of " + rows, program), rows, cost, new Cost(Map.of()));
    }
}
