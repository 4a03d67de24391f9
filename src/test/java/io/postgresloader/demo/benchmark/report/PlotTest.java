package io.postgresloader.demo.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class PlotTest {
    private static final Plot PLOT = new Plot(
            "loads & more",
            "rows",
            "seconds",
            List.of(
                    new Plot.Series("loader", List.of(new Plot.Point(500, 2), new Plot.Point(1000, 4))),
                    new Plot.Series("floor < loader", List.of(new Plot.Point(1000, 3)))),
            List.of(new Plot.Mark(500, "another plan")));

    @Test
    void axesBeginAtZeroAndEndAtARoundNumber() {
        // From (70, 360) to (740, 40): 1000 rows are at the right end, 4 seconds at the top.
        assertThat(PLOT.svg())
                .contains("<polyline points=\"405.0,200.0 740.0,40.0\" fill=\"none\" stroke=\"#0072b2\""
                        + " stroke-width=\"2\"/>")
                .anyMatch(line -> line.endsWith(">1,000</text>"))
                .anyMatch(line -> line.endsWith(">4</text>"));
    }

    @Test
    void aMarkIsAVerticalLineWithItsText() {
        assertThat(PLOT.svg())
                .contains("<line x1=\"405.0\" y1=\"40.0\" x2=\"405.0\" y2=\"360.0\" stroke=\"#cccccc\""
                        + " stroke-dasharray=\"4 4\"/>")
                .anyMatch(line -> line.contains("text-anchor=\"end\"") && line.endsWith(">another plan</text>"));
    }

    @Test
    void namesAreEscaped() throws Exception {
        String svg = String.join("\n", PLOT.svg());

        assertThat(svg).contains(">loads &amp; more<", ">floor &lt; loader<");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                        .getElementsByTagName("circle")
                        .getLength())
                .isEqualTo(3);
    }

    @Test
    void aPlotOfNothingIsEmpty() {
        assertThat(new Plot("t", "x", "y", List.of(), List.of()).svg()).noneMatch(line -> line.contains("NaN"));
    }
}
