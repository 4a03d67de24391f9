package io.postgresloader.faults;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Eight of the faults, one seed: a minute of storms. {@link AllFaults} has the rest. */
@Timeout(180)
class FaultsIT {
    private static final long SEED = 4;
    private static final long STORM_MILLIS = 7_500;

    @ParameterizedTest
    @EnumSource(
            names = {
                "HALT_AFTER_LATER_CHUNK",
                "HALT_BEFORE_FINISH",
                "SOURCE_CONNECTION_KILLED",
                "SOURCE_DDL",
                "TARGET_RESTARTED_AT_ONCE",
                "TARGET_CUT_AT_COMMIT",
                "TARGET_HALF_OPEN",
                "TWO_INSTANCES"
            })
    void nothingIsLost(Fault fault) throws Exception {
        new FaultRun(fault, SEED, STORM_MILLIS).run();
    }
}
