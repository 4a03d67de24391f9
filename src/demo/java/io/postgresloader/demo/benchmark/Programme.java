package io.postgresloader.demo.benchmark;

import java.util.List;
import java.util.Set;

/**
 * What a run measures.
 *
 * @param source the product of the source
 * @param loaders at least one
 * @param contenders names of other programs that are measured; the floor always is
 * @param workloads the kinds of work
 * @param engines storage engines of the source's tables
 * @param scale size of the tables; 1 is that of a practice
 * @param rounds how often each figure is measured
 */
public record Programme(
        SourceKind source,
        List<LoaderProgram> loaders,
        List<String> contenders,
        Set<Workload> workloads,
        List<String> engines,
        double scale,
        int rounds) {
    /** The other programs that are measured. */
    List<Contender> others() {
        return Contenders.all().stream()
                .filter(contender -> contenders.contains(contender.name()))
                .toList();
    }

    /** The same with other loaders. */
    Programme of(List<LoaderProgram> others) {
        return new Programme(source, others, contenders, workloads, engines, scale, rounds);
    }

    boolean hasAny(Set<Workload> some) {
        return some.stream().anyMatch(workloads::contains);
    }

    boolean has(Workload workload) {
        return workloads.contains(workload);
    }
}
