package io.postgresloader.demo.benchmark;

import java.util.List;
import java.util.Optional;

/** Another program that moves all rows of a job's tables into the empty tables of its model database. */
interface Contender {
    /** Its name on the command line, one word. */
    String name();

    /** Its name in the figures. */
    String program();

    /** Why it cannot be measured on this machine; empty when it can. */
    Optional<String> missing();

    /** The programs that do the work, one after the other; those of one list are connected by pipes. */
    List<List<ProcessBuilder>> programs(Bench bench, Job job) throws Exception;
}
