package io.postgresloader.demo.benchmark.report;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run and its figures.
 *
 * @param at when the run began
 * @param setup the machine, the servers and the options, each with its value, in the order in which they are shown
 * @param rounds how often each figure was measured
 */
public record Report(Instant at, Map<String, String> setup, int rounds, List<Figure> figures, List<String> notes) {
    public Report {
        setup = Collections.unmodifiableMap(new LinkedHashMap<>(setup));
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }
}
