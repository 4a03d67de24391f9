package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row that the memory of the process cannot hold becomes a dead letter; it does not end the process. */
class LargeRowsIT {
    private static final int MEGABYTE = 1 << 20;
    private static final List<String> SMALL_HEAP = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");

    private static SourceServer server;

    private final LoaderFixture fixture = new LoaderFixture(server);

    @BeforeAll
    static void serverOfLargeRows() {
        server = TestServers.startSource("UTC0", List.of("--max-allowed-packet=134217728"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 2)
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {"longblob", "longtext CHARACTER SET utf8mb4", "longtext CHARACTER SET latin1", "mediumblob"})
    void aRowAboveTheMemoryBecomesADeadLetter(String type) {
        boolean medium = type.startsWith("medium");
        int below = (medium ? 15 : 19) * MEGABYTE;
        fixture.source()
                .execute(
                        "CREATE TABLE doc (Id int PRIMARY KEY, A " + type + ", B " + type + ", C " + type
                                + ") ENGINE=MyISAM",
                        "INSERT INTO doc VALUES (1, 'a', NULL, ''), (2, REPEAT('x', " + below
                                + "), 'b', NULL), (3, 'c', NULL, NULL), (4, NULL, NULL, NULL)",
                        medium
                                ? "UPDATE doc SET A = REPEAT('x', " + 15 * MEGABYTE + "), B = A, C = A WHERE Id = 3"
                                : "UPDATE doc SET B = REPEAT('x', " + 50 * MEGABYTE + ") WHERE Id = 3");
        fixture.tables("doc:\n");

        JarRun once = JarRun.of(fixture.environment(), SMALL_HEAP, "once");

        assertThat(once.exitCode()).as(once.toString()).isEqualTo(1);
        assertThat(fixture.target().rows("SELECT \"Id\", length(\"A\"), length(\"B\") FROM raw.doc ORDER BY 1"))
                .containsExactly("1|1|∅", "2|" + below + "|1", "4|∅|∅");
        assertThat(fixture.target().rows("SELECT key, sqlstate, column_name, message FROM raw.etl_dead_letter"))
                .singleElement()
                .asString()
                .startsWith(
                        "{\"Id\": \"3\"}|54000|A|the row is larger than 20 MB, too large for the loader's memory of");
        JarRun verify = JarRun.of(fixture.environment(), SMALL_HEAP, "verify");
        assertThat(verify.out()).as(verify.toString()).contains("equal, 1 dead letter");
    }

    @Test
    void withMoreMemoryAReplayLoadsIt() {
        fixture.source()
                .execute(
                        "CREATE TABLE doc (Id int PRIMARY KEY, A longblob) ENGINE=MyISAM",
                        "INSERT INTO doc VALUES (1, REPEAT('x', " + 50 * MEGABYTE + "))");
        fixture.tables("doc:\n");
        assertThat(JarRun.of(fixture.environment(), SMALL_HEAP, "once").exitCode())
                .isEqualTo(1);

        JarRun replay = JarRun.of(fixture.environment(), List.of("-Xmx800m"), "replay");

        assertThat(replay.exitCode()).as(replay.toString()).isZero();
        assertThat(fixture.target().value("SELECT length(\"A\") FROM raw.doc")).isEqualTo("" + 50 * MEGABYTE);
    }
}
