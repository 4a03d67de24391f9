package io.postgresloader.faults;

import io.postgresloader.testing.Extent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three of the faults in one storm each, and eight in a full run. {@link AllFaults} has the rest, with more seeds. */
@Timeout(180)
class FaultsIT {
    private static final long SEED = 4;
    private static final long STORM_MILLIS = 7_500;

    @ParameterizedTest
    @EnumSource(names = {"HALT_AFTER_LATER_CHUNK", "TARGET_CUT_AT_COMMIT", "TWO_INSTANCES"})
    void nothingIsLost(Fault fault) throws Exception {
        new FaultRun(fault, SEED, STORM_MILLIS).run();
    }

    @Tag(Extent.SLOW)
    @ParameterizedTest
    @EnumSource(
            names = {
                "HALT_BEFORE_FINISH",
                "SOURCE_CONNECTION_KILLED",
                "SOURCE_DDL",
                "TARGET_RESTARTED_AT_ONCE",
                "TARGET_HALF_OPEN"
            })
    void nothingIsLostInOthersEither(Fault fault) throws Exception {
        new FaultRun(fault, SEED, STORM_MILLIS).run();
    }
}
