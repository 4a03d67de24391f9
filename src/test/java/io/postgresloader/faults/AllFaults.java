package io.postgresloader.faults;

import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault with three seeds, in storms of eight seconds; {@code mvn verify -Pfaults} runs it. */
@Timeout(300)
class AllFaults {
    private static final long STORM_MILLIS = 8_000;

    /** The faults whose names match alone: {@code -Dfaults.only=SIGTERM}, {@code -Dfaults.only=SOURCE_.*}. */
    private static final String ONLY = System.getProperty("faults.only", ".*");

    /** The seeds from 1 on. */
    private static final int SEEDS = Integer.getInteger("faults.seeds", 3);

    static Stream<Arguments> faultsAndSeeds() {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.name().matches(ONLY))
                .flatMap(fault -> LongStream.rangeClosed(1, SEEDS).mapToObj(seed -> Arguments.of(fault, seed)));
    }

    @ParameterizedTest
    @MethodSource("faultsAndSeeds")
    void nothingIsLost(Fault fault, long seed) throws Exception {
        new FaultRun(fault, seed, STORM_MILLIS).run();
    }
}
