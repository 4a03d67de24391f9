package io.postgresloader.demo.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What every loader is compared with: COPY of ready files into tables that have their keys already. */
final class Floor implements Contender {
    static final String NAME = "floor";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String program() {
        return "floor: " + (Programs.onPath("psql").isPresent() ? "psql \\copy" : "the driver's COPY")
                + " of a ready file";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public List<List<ProcessBuilder>> programs(Bench bench, Job job) throws Exception {
        return List.of(List.of(Programs.onPath("psql").isPresent() ? psql(bench, job) : driver(bench, job)));
    }

    private static ProcessBuilder psql(Bench bench, Job job) throws Exception {
        List<String> script = new ArrayList<>();
        for (String table : job.tables()) {
            script.add("\\copy raw.\"" + table + "\" from '" + job.file(table) + "'");
        }
        Path file = Files.write(bench.file(job.name() + ".sql"), script);
        return Programs.psql(bench, job, "-f", file.toString());
    }

    private static ProcessBuilder driver(Bench bench, Job job) {
        List<String> arguments = new ArrayList<>(List.of(bench.target().jdbcUrl(job.model())));
        job.tables()
                .forEach(
                        table -> arguments.addAll(List.of(table, job.file(table).toString())));
        return Programs.java(CopyFiles.class.getName(), List.of(), arguments);
    }
}
