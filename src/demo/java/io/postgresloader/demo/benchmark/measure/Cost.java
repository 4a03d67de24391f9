package io.postgresloader.demo.benchmark.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a piece of work cost.
 *
 * @param values without those quantities that could not be measured here
 */
public record Cost(Map<Quantity, Double> values) {
    public Cost {
        Map<Quantity, Double> copy = new EnumMap<>(Quantity.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    public OptionalDouble value(Quantity quantity) {
        Double value = values.get(quantity);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Of each quantity the median; a quantity that is missing in one of the rounds is left out. */
    public static Cost median(Collection<Cost> rounds) {
        Map<Quantity, Double> medians = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            List<Double> found = rounds.stream()
                    .flatMap(round -> round.value(quantity).stream().boxed())
                    .toList();
            if (!found.isEmpty() && found.size() == rounds.size()) {
                medians.put(quantity, median(found));
            }
        }
        return new Cost(medians);
    }

    /** The same cost for one of so many equal parts of the work, except memory, which the parts share. */
    public Cost dividedBy(int parts) {
        Map<Quantity, Double> part = new EnumMap<>(Quantity.class);
        values.forEach(
                (quantity, value) -> part.put(quantity, quantity == Quantity.LOADER_MEMORY ? value : value / parts));
        return new Cost(part);
    }

    /** The same with another quantity. */
    public Cost with(Quantity quantity, double value) {
        Map<Quantity, Double> others = new EnumMap<>(Quantity.class);
        others.putAll(values);
        others.put(quantity, value);
        return new Cost(others);
    }

    /** The same without a quantity that means nothing for this work. */
    public Cost without(Quantity quantity) {
        Map<Quantity, Double> others = new EnumMap<>(Quantity.class);
        others.putAll(values);
        others.remove(quantity);
        return new Cost(others);
    }

    /** The middle value, or the mean of the two in the middle. */
    public static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("no values"));
    }
}
