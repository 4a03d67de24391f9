package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Camel route as the manual of camel-sql shows it: batches of named parameters, by which rows are upserted. */
final class CamelSqlBatches implements Contender {
    private static final String ROWS = "1000";

    @Override
    public String name() {
        return "camel-sql";
    }

    @Override
    public String program() {
        return "camel-sql, batches of " + ROWS + " upserts";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public List<List<ProcessBuilder>> programs(Bench bench, Job job) throws Exception {
        Path route = Files.write(bench.file(job.name() + ".camel.yaml"), route(bench, job));
        return List.of(List.of(Programs.java(
                "org.apache.camel.main.Main",
                List.of(
                        "-Dcamel.main.routesIncludePattern=file:" + route,
                        "-Dcamel.main.durationMaxMessages=1",
                        // The first message counts as soon as it begins, and then Camel stops.
                        "-Dcamel.main.shutdownTimeout=3600"),
                List.of())));
    }

    private static List<String> route(Bench bench, Job job) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("- beans:");
        // All rows of a table in one stream, and small numbers as numbers.
        addDataSource(
                lines,
                "source",
                bench.source().jdbcUrl(job.source()) + "?defaultFetchSize=-2147483648&tinyInt1isBit=false",
                SourceServer.READER,
                SourceServer.PASSWORD);
        addDataSource(lines, "target", bench.target().jdbcUrl(job.model()), EmbeddedPostgresServer.USER, "");
        lines.addAll(List.of(
                "- route:",
                "    from:",
                "      uri: timer:once",
                "      parameters: {repeatCount: 1, delay: 0}",
                "      steps:"));
        for (String table : job.tables()) {
            lines.addAll(steps(table, UpsertText.of(bench, job, table, column -> ":#" + column)));
        }
        return lines;
    }

    private static List<String> steps(String table, String upsert) {
        return List.of(
                "        - setHeader: {name: CamelSqlQuery, constant: 'SELECT * FROM `" + table + "`'}",
                "        - to: {uri: 'sql:SELECT 1?dataSource=#source&outputType=StreamList'}",
                "        - removeHeader: {name: CamelSqlQuery}",
                "        - split:",
                "            simple: ${collate(" + ROWS + ")}",
                "            streaming: true",
                "            stopOnException: true",
                "            steps:",
                "              - setHeader:",
                "                  name: CamelSqlQuery",
                "                  constant: '" + upsert + "'",
                "              - to: {uri: 'sql:SELECT 1?dataSource=#target&batch=true'}");
    }

    private static void addDataSource(List<String> lines, String name, String url, String user, String password) {
        lines.addAll(List.of(
                "    - name: " + name,
                "      type: com.zaxxer.hikari.HikariDataSource",
                "      properties: {jdbcUrl: '" + url + "', username: " + user + ", password: '" + password + "'}"));
    }
}
