package io.postgresloader.demo.benchmark.measure;

import java.util.OptionalLong;

/**
 * What processes have used since they started.
 *
 * @param cpuSeconds in user and system mode
 * @param calls calls of read and write; empty: the system does not say
 */
record Usage(double cpuSeconds, OptionalLong calls) {
    static final Usage NONE = new Usage(0, OptionalLong.of(0));

    Usage plus(Usage other) {
        return new Usage(cpuSeconds + other.cpuSeconds, both(other, 1));
    }

    Usage minus(Usage other) {
        return new Usage(cpuSeconds - other.cpuSeconds, both(other, -1));
    }

    private OptionalLong both(Usage other, int sign) {
        return calls.isPresent() && other.calls.isPresent()
                ? OptionalLong.of(calls.getAsLong() + sign * other.calls.getAsLong())
                : OptionalLong.empty();
    }
}
