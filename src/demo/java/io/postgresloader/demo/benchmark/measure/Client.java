package io.postgresloader.demo.benchmark.measure;

import java.util.OptionalLong;

/** The processes that do the work which is measured, other than the servers. */
interface Client {
    /** Before the work: what was used until now no longer counts. */
    void begin();

    /** After the work: the CPU seconds since {@link #begin}. */
    double cpuSeconds();

    /** After the work: the calls of read and write since {@link #begin}. */
    OptionalLong calls();

    /** After the work: the greatest resident memory, in KiB. */
    long peakKib();
}
