package io.postgresloader.demo.benchmark.report;

import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** One kind of work by one program, measured in several rounds. */
public final class Figure {
    private final Name name;
    private final long rows;
    private final List<Round> rounds = new ArrayList<>();

    /**
     * What was measured.
     *
     * @param engine the storage engine of the source's tables
     * @param work such as {@code first load of securitylog}
     * @param program such as {@code loader, whole process}
     */
    public record Name(String engine, String work, String program) {}

    /** @param floor what a COPY of a ready file cost in the same round; its values are empty for work without a floor */
    private record Round(Cost cost, Cost floor) {}

    Figure(Name name, long rows) {
        this.name = name;
        this.rows = rows;
    }

    void add(Cost cost, Cost floor) {
        rounds.add(new Round(cost, floor));
    }

    public Name name() {
        return name;
    }

    /** The rows that the work is about. */
    public long rows() {
        return rows;
    }

    public List<Cost> costs() {
        return rounds.stream().map(Round::cost).toList();
    }

    public Cost median() {
        return Cost.median(costs());
    }

    /** The median of the ratios to the floor of the same round; empty without a floor. */
    public OptionalDouble ratio(Quantity quantity) {
        List<Double> ratios = ratios(quantity);
        return ratios.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Cost.median(ratios));
    }

    /** The ratio to the floor in each round that has one. */
    public List<Double> ratios(Quantity quantity) {
        return rounds.stream()
                .filter(round -> round.floor().value(quantity).orElse(0) > 0
                        && round.cost().value(quantity).isPresent())
                .map(round -> round.cost().value(quantity).getAsDouble()
                        / round.floor().value(quantity).getAsDouble())
                .toList();
    }
}
