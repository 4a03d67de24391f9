package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.SourceProduct;
import io.postgresloader.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The defaults that a server gives to sessions change nothing of what is read. */
class SourceSessionIT {
    private static final int ROWS = 1000;

    private static final String MEGABYTE = "1048576";

    /** MySQL 8.0 has the new name only, MariaDB before 11.1 the old one. */
    private static final String ISOLATION =
            SourceProduct.underTest() == SourceProduct.MYSQL_8_0 ? "transaction_isolation" : "tx_isolation";

    private static final SourceServer SERVER = TestServers.startSource("UTC0");

    private final LoaderFixture fixture = new LoaderFixture(SERVER);
    private final List<String> changed = new ArrayList<>();
    private Connection administrator;

    @BeforeEach
    void createTable() throws SQLException {
        administrator = fixture.source().connect();
        fixture.source()
                .execute(
                        "CREATE TABLE t (Id bigint NOT NULL, Part int NOT NULL, V varchar(200), PRIMARY KEY (Id, Part))"
                                + " ENGINE=InnoDB",
                        "INSERT INTO t SELECT seq, 0, CONCAT('v', seq) FROM seq_1_to_" + ROWS);
        fixture.tables("t:\n");
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
        try (Connection connection = administrator;
                Statement statement = connection.createStatement()) {
            for (String variable : changed) {
                statement.execute("SET GLOBAL " + variable + " = DEFAULT");
            }
        }
    }

    @Test
    void noUncommittedRowIsLoaded() throws Exception {
        global(ISOLATION + " = 'READ-UNCOMMITTED'");
        try (Connection writer = fixture.source().begin("INSERT INTO t VALUES (2000, 0, 'never')")) {
            fixture.load("t");
            writer.rollback();
        }
        fixture.load("t");

        assertThat(fixture.target().count("SELECT count(*) FROM raw.t")).isEqualTo(ROWS);
    }

    @Test
    void aServerThatSerializesDoesNotMakeLoadsWait() throws Exception {
        global(ISOLATION + " = 'SERIALIZABLE'");
        try (Connection writer = fixture.source().begin("UPDATE t SET V = 'open' WHERE Id = 5")) {
            assertThat(fixture.load("t").outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(fixture.source()
                            .count("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_rows_locked > 0"))
                    .as("transactions that hold a lock: the writer's")
                    .isEqualTo(1);
            writer.rollback();
        }
    }

    private static Stream<String> limits() {
        boolean mariaDb = SourceProduct.underTest().isMariaDb();
        return Stream.of(
                "sql_select_limit = 100",
                "group_concat_max_len = 4",
                "max_join_size = 10",
                mariaDb ? "max_statement_time = 0.0001" : "max_execution_time = 1",
                "max_sort_length = 64",
                "sql_mode = 'PAD_CHAR_TO_FULL_LENGTH,HIGH_NOT_PRECEDENCE,PIPES_AS_CONCAT,ANSI_QUOTES'");
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aLimitOfTheServerIsNoneOfLoadsAndComparisons(String setting) throws Exception {
        global(setting);

        LoadResult full = fixture.load("t", LoadRequest.Kind.FULL);

        assertThat(full.failure()).isEmpty();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t")).isEqualTo(ROWS);
        fixture.target().execute("DELETE FROM raw.t WHERE \"Id\" > 100");
        assertThat(fixture.repair("t").before().missing()).isEqualTo(900);
    }

    /** Each text is longer than a packet of the server may be, for one of the functions that convert it. */
    @Sampled(oneOf = 3)
    @ParameterizedTest
    @ValueSource(strings = {"cp1251", "latin2", "latin1", "utf8mb4", "utf16", "ucs2", "ascii", "sjis", "greek", "gbk"})
    void aTextAboveMaxAllowedPacketIsNeverNull(String characterSet) throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE note (Id int PRIMARY KEY, Doc longtext CHARACTER SET " + characterSet + ")",
                        "INSERT INTO note VALUES (1, 'short?'), (2, CONCAT('?', REPEAT('x', 700000))),"
                                + " (3, REPEAT('?', 3000000)), (4, NULL), (5, REPEAT('x', 3000000)), (6, '')");
        fixture.tables("t:\nnote:\n");
        global("max_allowed_packet = " + MEGABYTE);

        fixture.load("note", LoadRequest.Kind.FULL);

        List<String> wrong = fixture.target()
                .rows("SELECT \"Id\" FROM raw.note WHERE (\"Doc\" IS NULL) <> (\"Id\" = 4)"
                        + " OR length(\"Doc\") <> (ARRAY[6, 700001, 3000000, 0, 3000000, 0])[\"Id\"]");
        assertThat(wrong).isEmpty();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.note")
                        + fixture.target()
                                .count("SELECT count(*) FROM raw.etl_dead_letter WHERE key IS NOT NULL AND"
                                        + " message LIKE '%max_allowed_packet%' AND column_name = 'Doc'"))
                .isEqualTo(6);
        assertThat(fixture.repair("note").before().failure()).isEmpty();
        assertThat(fixture.load("t").outcome()).isEqualTo(Outcome.SUCCESS);
    }

    /** Sets a variable for the sessions that begin now, and stops the loader, whose sessions are older. */
    private void global(String setting) throws SQLException {
        fixture.stop();
        changed.add(0, setting.substring(0, setting.indexOf(' ')));
        try (Statement statement = administrator.createStatement()) {
            statement.execute("SET GLOBAL " + setting);
        }
    }
}
