package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** pgloader, where it is installed, into tables that exist. */
final class PgLoader implements Contender {
    @Override
    public String name() {
        return "pgloader";
    }

    @Override
    public String program() {
        return "pgloader";
    }

    @Override
    public Optional<String> missing() {
        return Programs.onPath("pgloader").isPresent() ? Optional.empty() : Optional.of("it is not installed");
    }

    @Override
    public List<List<ProcessBuilder>> programs(Bench bench, Job job) throws Exception {
        String tables = job.tables().stream().map(table -> "'" + table + "'").collect(Collectors.joining(", "));
        Path commands = Files.write(
                bench.file(job.name() + ".load"),
                List.of(
                        "LOAD DATABASE",
                        "  FROM mysql://" + SourceServer.READER + ":" + SourceServer.PASSWORD + "@127.0.0.1:"
                                + bench.source().port() + "/" + job.source(),
                        "  INTO postgresql://" + EmbeddedPostgresServer.USER + "@127.0.0.1:"
                                + bench.target().port() + "/" + job.model(),
                        // The rest is as it comes: the tables are there already, with quoted names.
                        "  WITH data only, quote identifiers",
                        "  CAST type tinyint to smallint drop typemod",
                        "  INCLUDING ONLY TABLE NAMES MATCHING " + tables,
                        "  ALTER SCHEMA '" + job.source() + "' RENAME TO 'raw';"));
        return List.of(List.of(new ProcessBuilder("pgloader", "--on-error-stop", commands.toString())));
    }
}
