package io.postgresloader.demo.benchmark.report;

import io.postgresloader.demo.benchmark.measure.Cost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a run, in the order in which they were first measured. */
public final class Results {
    private final Map<Figure.Name, Figure> figures = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Adds the cost of one round.
     *
     * @param rows the rows that the work is about
     * @param floor what the floor cost in the same round
     */
    public void add(Figure.Name name, long rows, Cost cost, Cost floor) {
        figures.computeIfAbsent(name, n -> new Figure(n, rows)).add(cost, floor);
    }

    /** Adds a sentence that a reader of the figures has to know; the same sentence is kept once. */
    public void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    public List<Figure> figures() {
        return List.copyOf(figures.values());
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }
}
