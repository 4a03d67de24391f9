package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
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
        Optional<Path> psql = Programs.onPath("psql");
        return List.of(List.of(psql.isPresent() ? psql(psql.get(), bench, job) : driver(bench, job)));
    }

    private static ProcessBuilder psql(Path program, Bench bench, Job job) throws Exception {
        List<String> script = new ArrayList<>();
        for (String table : job.tables()) {
            script.add("\\copy raw.\"" + table + "\" from '" + job.file(table) + "'");
        }
        Path file = Files.write(bench.file(job.name() + ".sql"), script);
        return new ProcessBuilder(
                program.toString(),
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-d",
                "postgresql://" + EmbeddedPostgresServer.USER + "@127.0.0.1:"
                        + bench.target().port() + "/" + job.model(),
                "-f",
                file.toString());
    }

    private static ProcessBuilder driver(Bench bench, Job job) {
        List<String> arguments = new ArrayList<>(List.of(bench.target().jdbcUrl(job.model())));
        job.tables()
                .forEach(
                        table -> arguments.addAll(List.of(table, job.file(table).toString())));
        return Programs.java(CopyFiles.class, arguments);
    }
}
