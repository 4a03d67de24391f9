package io.postgresloader.demo.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {
    @ParameterizedTest
    @CsvSource({"3, 3", "9 1 2, 2", "4 1 2 3, 2.5"})
    void theMedianIsTheMiddleOne(String rounds, double median) {
        List<Cost> costs = List.of(rounds.split(" ")).stream()
                .map(seconds -> new Cost(Map.of(Quantity.SECONDS, Double.valueOf(seconds))))
                .toList();

        assertThat(Cost.median(costs).value(Quantity.SECONDS)).hasValue(median);
    }

    @Test
    void aQuantityThatOneRoundLacksHasNoMedian() {
        Cost whole = new Cost(Map.of(Quantity.SECONDS, 1.0, Quantity.LOADER_CALLS, 5.0));
        Cost part = new Cost(Map.of(Quantity.SECONDS, 3.0));

        assertThat(Cost.median(List.of(whole, part)).values()).containsExactly(Map.entry(Quantity.SECONDS, 2.0));
    }

    @Test
    void onePartOfTheWorkNeedsAPartOfTheTimeAndTheWholeMemory() {
        Cost cost = new Cost(Map.of(Quantity.LOADER_CPU, 3.0, Quantity.LOADER_MEMORY, 200.0));

        assertThat(cost.dividedBy(2).values())
                .containsExactly(Map.entry(Quantity.LOADER_CPU, 1.5), Map.entry(Quantity.LOADER_MEMORY, 200.0));
    }
}
