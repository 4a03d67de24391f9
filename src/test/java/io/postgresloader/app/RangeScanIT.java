package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.verify.Comparison;
import io.postgresloader.verify.Difference;
import io.postgresloader.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A MyISAM table is read by scans of key ranges. The first page is read in key order and the second one by a scan, so that
 * both are seen here, whichever of them takes less time.
 */
@OnlyOn(value = Products.ALL_BUT_MYSQL_8, because = "its scans are not cheaper than the key")
class RangeScanIT {
    private final LoaderFixture fixture = new LoaderFixture();
    private final List<String> statements = new CopyOnWriteArrayList<>();

    @BeforeEach
    void rowsThatAreNotInKeyOrderInTheFile() {
        fixture.source()
                .execute(
                        "CREATE TABLE t (Id int NOT NULL PRIMARY KEY, Day date NOT NULL, Note varchar(200)) ENGINE=MyISAM",
                        "INSERT INTO t SELECT 2 * seq - 50, '2020-01-01', CONCAT('n', seq) FROM seq_1_to_80",
                        "DELETE FROM t WHERE Id % 3 = 0",
                        // They take the places of the deleted rows.
                        "INSERT INTO t SELECT 201 - 2 * seq, '2020-01-01', CONCAT('m', seq) FROM seq_1_to_40");
        fixture.set("LOADER_PAGE_ROWS", "30").tables("t: {zero_dates: reject}");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"on, 30", "off, 30", "on, 500", "off, 500"})
    void allRowsArriveAndAreEqual(String packets, String pageRows) throws Exception {
        fixture.set("SOURCE_PACKETS", packets).set("LOADER_PAGE_ROWS", pageRows);
        watch(exchange -> statements.add(exchange.getMessage().getBody(String.class)));

        assertThat(fixture.load("t").outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(statements).anyMatch(statement -> statement.contains("USE INDEX ()"));
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t"))
                .isEqualTo(fixture.source().count("SELECT COUNT(*) FROM t"));
        assertThat(differences()).isEmpty();
    }

    @Test
    void aFullLoadOfALoadedTableWritesNothing() {
        fixture.load("t");
        String before = written();

        fixture.load("t", LoadRequest.Kind.FULL);

        assertThat(written()).isEqualTo(before);
    }

    @Test
    void differencesAreFoundInAnyOrder() {
        fixture.load("t");
        fixture.target()
                .execute(
                        "DELETE FROM raw.t WHERE \"Id\" = 131",
                        "UPDATE raw.t SET \"Note\" = 'x' WHERE \"Id\" IN (-46, 110)",
                        "INSERT INTO raw.t VALUES (-100, '2020-01-01', 'x')");

        assertThat(differences())
                .extracting(d -> d.key().values().get("Id"))
                .containsExactlyInAnyOrder("131", "-46", "110", "-100");
    }

    /** The row that cannot be stored is the first of a page, the last, and one that no page begins or ends with. */
    @ParameterizedTest
    @CsvSource({"-48", "121", "40", "100", "77"})
    void aRowThatCannotBeStoredIsTheOnlyDeadLetter(int id) {
        fixture.source()
                .execute(
                        "INSERT IGNORE INTO t VALUES (" + id + ", '2020-01-01', '')",
                        "UPDATE IGNORE t SET Day = '0000-00-00' WHERE Id = " + id);

        fixture.load("t");

        assertThat(fixture.target().rows("SELECT key ->> 'Id' FROM raw.etl_dead_letter WHERE state = 'open'"))
                .containsExactly(String.valueOf(id));
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t"))
                .isEqualTo(fixture.source().count("SELECT COUNT(*) FROM t") - 1);
    }

    /** The rows grow between the page before and the scan: they do not fit into memory any more. */
    @Test
    void aRangeThatIsTooLargeIsReadInKeyOrder() throws Exception {
        fixture.set("LOADER_PAGE_BYTES", "64KiB").tables("t: {column_types: {Note: text}}");
        fixture.source().execute("ALTER TABLE t MODIFY Note mediumtext");
        watch(exchange -> {
            String statement = exchange.getMessage().getBody(String.class);
            statements.add(statement);
            if (statement.contains("USE INDEX ()") && statements.size() == 2) {
                fixture.source().execute("UPDATE t SET Note = REPEAT('x', 60000)");
            }
        });

        assertThat(fixture.load("t").outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(fixture.target().count("SELECT count(*) FROM raw.t WHERE length(\"Note\") = 60000"))
                .isGreaterThan(50);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t"))
                .isEqualTo(fixture.source().count("SELECT COUNT(*) FROM t"));
    }

    @Test
    void noTableIsScannedIfTheLimitIsZero() throws Exception {
        fixture.set("SOURCE_SCAN_LIMIT", "0");
        watch(exchange -> statements.add(exchange.getMessage().getBody(String.class)));

        fixture.load("t");

        assertThat(statements).isNotEmpty().noneMatch(statement -> statement.contains("USE INDEX ()"));
    }

    private List<Difference> differences() {
        List<Difference> found = new ArrayList<>();
        Comparison comparison = new Verifier(fixture.services()).verify("t", found::add);
        assertThat(comparison.failure()).isEmpty();
        return found;
    }

    private String written() {
        return fixture.target().value("SELECT string_agg(xmin::text, ',' ORDER BY \"Id\") FROM raw.t");
    }

    private void watch(Processor processor) throws Exception {
        AdviceWith.adviceWith(fixture.loader().context(), "pull-page", route -> route.weaveById("pull-page-pull")
                .before()
                .process(processor));
    }
}
