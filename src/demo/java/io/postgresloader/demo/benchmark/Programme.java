package io.postgresloader.demo.benchmark;

import java.util.List;
import java.util.Set;

/**
 * What a run measures.
 *
 * @param loaders at least one
 * @param contenders other programs, which this machine has; the floor is always measured
 * @param workloads the kinds of work
 * @param engines storage engines of the source's tables
 * @param scale size of the tables; 1 is that of a practice
 * @param rounds how often each figure is measured
 */
public record Programme(
        List<LoaderProgram> loaders,
        List<Contender> contenders,
        Set<Workload> workloads,
        List<String> engines,
        double scale,
        int rounds) {
    /** The rows of a table, of which a practice has so many. */
    long rows(long ofPractice) {
        return Math.max(1, Math.round(ofPractice * scale));
    }

    boolean hasAny(Set<Workload> some) {
        return some.stream().anyMatch(workloads::contains);
    }

    boolean has(Workload workload) {
        return workloads.contains(workload);
    }
}
