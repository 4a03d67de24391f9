package io.postgresloader.demo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark on small tables: not how fast anything is, but that everything is measured. */
@Tag(Extent.SLOW)
@OnlyOn(
        value = Products.MARIADB_AND_MYSQL_8,
        because = "the benchmark starts a server of its own, of one of these products")
class BenchmarkIT {
    private static final SourceKind SOURCE = Products.MYSQL_8.underTest() ? SourceKind.MYSQL : SourceKind.MARIADB;

    @TempDir
    private Path output;

    @Test
    void eachProgramHasAFigureOfEachWork() throws Exception {
        JsonNode results =
                run(EnumSet.range(Workload.FIRST_LOAD, Workload.VERIFY), List.of("spring-batch", "camel-sql"));

        assertThat(results.path("figures").findValuesAsText("work"))
                .contains(
                        "first load of securitylog",
                        "increment of 261 rows",
                        "the same again, unchanged",
                        "one changed row, 300 unchanged ones in the lookback",
                        "full load by difference, 1 % changed",
                        "verify, 30 planted differences");
        assertThat(programs(results))
                .contains(
                        "loader, running",
                        "Spring Batch, chunks of 1000 upserts",
                        "camel-sql, batches of 1000 upserts");
        assertThat(results.path("notes").toString())
                .contains("loader, running: 30 of 30 planted differences found")
                .contains("java -jar: 30 of 30 planted differences found");
    }

    @Test
    void aLinkIsMeasuredWithAndWithoutItsLimit() throws Exception {
        assertThat(programs(run(Set.of(Workload.BANDWIDTH), List.of()))).contains("loader, running");
        assertThat(Files.readString(output.resolve("results.md"))).contains("over 20 Mbit/s");
    }

    @Test
    void theLongestWaitOfAWriterIsMeasured() throws Exception {
        JsonNode results = run(Set.of(Workload.WRITER), List.of());

        assertThat(results.path("figures").findValues("median"))
                .allMatch(median ->
                        median.path("longest_wait_of_a_writer_seconds").asDouble() > 0)
                .hasSize(2);
        assertThat(results.path("notes").toString()).contains("loader, running, round 1: a writer waited");
    }

    private static Set<String> programs(JsonNode results) {
        return Set.copyOf(results.path("figures").findValuesAsText("program"));
    }

    private JsonNode run(Set<Workload> workloads, List<String> contenders) throws Exception {
        Path jar = Path.of("target", "postgres-loader.jar").toAbsolutePath();
        LoaderProgram loader = new LoaderProgram(
                jar, Path.of("").toAbsolutePath(), Path.of("routes").toAbsolutePath(), "", false);
        new BenchmarkRun(
                        new PrintWriter(Writer.nullWriter()),
                        new Programme(SOURCE, List.of(loader), contenders, workloads, List.of("MyISAM"), 0.003, 1),
                        output)
                .run();
        return new ObjectMapper().readTree(output.resolve("results.json").toFile());
    }
}
