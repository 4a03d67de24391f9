package io.postgresloader.demo.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The clients of both servers, connected by a pipe: what a script does. */
final class ClientPipe implements Contender {
    @Override
    public String name() {
        return "pipe";
    }

    @Override
    public String program() {
        return "mariadb | psql";
    }

    @Override
    public Optional<String> missing() {
        return Programs.onPath("psql").isPresent() ? Optional.empty() : Optional.of("psql is not installed");
    }

    @Override
    public List<List<ProcessBuilder>> programs(Bench bench, Job job) {
        List<List<ProcessBuilder>> programs = new ArrayList<>();
        for (String table : job.tables()) {
            String select = bench.sourceClient(job.source())
                    + " --quick --batch --skip-column-names -e 'SELECT * FROM `" + table + "`'";
            programs.add(List.of(
                    new ProcessBuilder("sh", "-c", "export " + select.replaceFirst("' '", "'; exec '")),
                    Programs.psql(bench, job, "-c", "\\copy raw.\"" + table + "\" from stdin with (null 'NULL')")));
        }
        return programs;
    }
}
