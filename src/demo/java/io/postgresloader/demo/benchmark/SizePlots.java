package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;
import io.postgresloader.demo.benchmark.report.Figure;
import io.postgresloader.demo.benchmark.report.Plot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Plots what first loads of tables of several sizes cost. */
final class SizePlots {
    private SizePlots() {}

    /**
     * Writes two plots for each storage engine, of seconds and of CPU seconds.
     *
     * @param figures those of one work on one table in several sizes
     * @return the names of the files
     */
    static List<String> write(List<Figure> figures, Path directory) throws IOException {
        Map<String, List<Figure>> engines = new LinkedHashMap<>();
        figures.forEach(figure -> engines.computeIfAbsent(figure.name().engine(), engine -> new ArrayList<>())
                .add(figure));
        List<String> files = new ArrayList<>();
        for (Map.Entry<String, List<Figure>> engine : engines.entrySet()) {
            String name = "sizes-" + engine.getKey().toLowerCase(Locale.ROOT);
            files.add(write(engine, directory, name + "-seconds.svg", "seconds", SizePlots::seconds));
            files.add(write(engine, directory, name + "-cpu.svg", "CPU seconds of all processes", SizePlots::cpu));
        }
        return files;
    }

    private static String write(
            Map.Entry<String, List<Figure>> engine,
            Path directory,
            String file,
            String vertical,
            ToDoubleFunction<Cost> value)
            throws IOException {
        Map<String, List<Plot.Point>> points = new LinkedHashMap<>();
        for (Figure figure : engine.getValue()) {
            points.computeIfAbsent(figure.name().program(), program -> new ArrayList<>())
                    .add(new Plot.Point(figure.rows(), value.applyAsDouble(figure.median())));
        }
        List<Plot.Series> series = new ArrayList<>();
        points.forEach((program, of) -> series.add(new Plot.Series(program, of)));
        Plot plot = new Plot(
                "First load of securitylog, " + engine.getKey(), "rows", vertical, series, marks(engine.getValue()));
        Files.write(directory.resolve(file), plot.svg());
        return file;
    }

    /** Between the sizes of which a program reads the larger in another way. */
    static List<Plot.Mark> marks(List<Figure> figures) {
        List<Plot.Mark> marks = new ArrayList<>();
        Map<String, Figure> before = new LinkedHashMap<>();
        for (Figure figure : figures) {
            String program = figure.name().program();
            Figure smaller = before.put(program, figure);
            Optional<ReadingPlan> plan = ReadingPlan.of(figure);
            Optional<ReadingPlan> earlier = Optional.ofNullable(smaller).flatMap(ReadingPlan::of);
            if (plan.isPresent() && earlier.isPresent() && !plan.equals(earlier)) {
                marks.add(new Plot.Mark(
                        (smaller.rows() + figure.rows()) / 2.0,
                        program + ": " + earlier.get() + ", from here " + plan.get()));
            }
        }
        return marks;
    }

    private static double seconds(Cost cost) {
        return cost.value(Quantity.SECONDS).orElse(0);
    }

    private static double cpu(Cost cost) {
        return cost.value(Quantity.SOURCE_CPU).orElse(0)
                + cost.value(Quantity.TARGET_CPU).orElse(0)
                + cost.value(Quantity.TARGET_BACKGROUND_CPU).orElse(0)
                + cost.value(Quantity.LOADER_CPU).orElse(0);
    }
}
