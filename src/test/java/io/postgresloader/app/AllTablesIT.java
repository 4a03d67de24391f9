package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.demo.data.OpenDentalSchema;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.EdgeRows;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.SourceColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every table of the OpenDental schema, with the shipped table list and every edge value of every column. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllTablesIT {
    private static final Path SHIPPED = Path.of("config", "tables.yml");

    /** What the schema's tables lack: columns of bytes. */
    private static final String BYTES = "bytes";

    private static final String CREATE_BYTES = "CREATE TABLE " + BYTES + " (BytesNum bigint(20) NOT NULL"
            + " AUTO_INCREMENT PRIMARY KEY, Fixed binary(16) NOT NULL, Short varbinary(300) NULL,"
            + " Medium blob NOT NULL, `Long` mediumblob NULL) ENGINE=MyISAM";

    /** Nothing is rounded or cut on the way in: what the generator says is what the source has. */
    private static final String STRICT = "SET sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO'";

    /** What became of the rows of the last load, and its zero dates. */
    private static final String COUNTS = "concat_ws(' ', rows_loaded, rows_inserted, rows_updated, rows_unchanged,"
            + " rows_dead_lettered, zero_dates)";

    private static final OpenDentalSchema SCHEMA = OpenDentalSchema.load();

    private final LoaderFixture fixture = new LoaderFixture();

    static Stream<String> tables() {
        return Stream.concat(SCHEMA.tables().stream(), Stream.of(BYTES));
    }

    @BeforeAll
    void createTables() throws IOException {
        SCHEMA.tables().forEach(table -> fixture.source().execute(SCHEMA.createTable(table, "MyISAM")));
        fixture.source().execute(CREATE_BYTES);
        tables().forEach(table -> fixture.source().execute(STRICT, EdgeRows.insert(table, columns(table))));
        fixture.set("LOADER_PAGE_ROWS", "30").set("LOADER_BATCH_ROWS", "20");
        fixture.tables(Files.readString(SHIPPED) + "\n" + BYTES + ":\n");
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    @OnlyOn(value = Products.MARIADB, because = "MySQL spells default values and utf8mb3 in another way")
    void theTablesAreAsTheSchemaDeclaresThem() {
        assertThat(fixture.source()
                        .rows("SELECT table_name, ordinal_position, column_name, column_type, is_nullable,"
                                + " COALESCE(column_default, ''), extra, column_key, COALESCE(character_set_name, '')"
                                + " FROM information_schema.columns WHERE table_schema = DATABASE()"
                                + " AND table_name <> '" + BYTES + "'"))
                .containsExactlyInAnyOrderElementsOf(declaredColumns());
        assertThat(fixture.source()
                        .rows(
                                "SELECT DISTINCT engine, table_collation LIKE 'utf8%' AND table_collation NOT LIKE 'utf8mb4%' FROM information_schema.tables"
                                        + " WHERE table_schema = DATABASE() AND table_name <> '" + BYTES + "'"))
                .containsExactly("MyISAM|1");
    }

    /** A generator that errs, or a server that rounds, would leave the other tests green. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    4.9E-324 | SELECT MIN(ClaimFee) FROM claim WHERE ClaimFee > 0
                    1.7976931348623157E308 | SELECT MAX(ClaimFee) FROM claim
                    1 | SELECT COUNT(*) FROM claim WHERE CAST(ClaimFee AS CHAR) = '-0'
                    1 | SELECT COUNT(*) FROM procedurelog WHERE CAST(DrugQty AS CHAR) = '-0'
                    1.401298464324817E-45 | SELECT MIN(DrugQty - 0e0) FROM procedurelog WHERE DrugQty > 0
                    -9223372036854775808 | SELECT MIN(ProcNum) FROM procedurelog
                    9223372036854775807 | SELECT MAX(ProcNum) FROM procedurelog
                    -128 127 | SELECT CONCAT(MIN(TimeLocked), ' ', MAX(TimeLocked)) FROM appointment
                    0 255 | SELECT CONCAT(MIN(IsHidden), ' ', MAX(IsHidden)) FROM employee
                    -838:59:59 838:59:59 | SELECT CONCAT(MIN(ProcTime), ' ', MAX(ProcTime)) FROM procedurelog
                    12000 | SELECT MAX(LENGTH(DisplayNote)) FROM referral
                    65535 | SELECT MAX(LENGTH(AdjNote)) FROM adjustment
                    100000 | SELECT MAX(LENGTH(EmailBody)) FROM statement
                    5C4E | SELECT HEX(AdjNote) FROM adjustment WHERE AdjNote = '\\\\N'
                    """)
    void theSourceHasTheEdgeValues(String value, String query) {
        assertThat(fixture.source().value(query)).isEqualTo(value);
    }

    @Sampled(oneOf = 8)
    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void edgeValuesArriveUnchangedAndEditsFollow(String table) {
        long rows = fixture.source().count("SELECT count(*) FROM `" + table + "`");
        long zeroDates = EdgeRows.zeroDates(columns(table));

        assertFull(fixture.load(table));
        assertThat(fixture.status(table, COUNTS)).isEqualTo("%d %d 0 0 0 %d".formatted(rows, rows, zeroDates));
        assertArrived(table);

        String written = tuples(table);
        assertFull(fixture.load(table, LoadRequest.Kind.FULL));
        assertThat(fixture.status(table, COUNTS)).isEqualTo("%d 0 0 %d 0 %d".formatted(rows, rows, zeroDates));
        assertThat(tuples(table)).isEqualTo(written);

        assertEditFollows(table);
    }

    /** Among them the least key there is, 0 and the greatest. */
    @Test
    void aPageMayEndAtAnyKey() {
        String table = "adjustment";
        try (LoaderFixture pages = new LoaderFixture()) {
            pages.source().execute(SCHEMA.createTable(table, "MyISAM"));
            pages.source().execute(STRICT, EdgeRows.insert(table, columns(table)));
            pages.set("LOADER_PAGE_ROWS", "1").tables(table + ":\n");

            assertFull(pages.load(table));

            assertThat(pages.status(table, "chunks")).isEqualTo(pages.status(table, "rows_loaded + 1"));
            assertThat(Canonical.differences(pages.source(), pages.target(), table))
                    .isEmpty();
        }
    }

    private void assertEditFollows(String table) {
        List<String> cursors = cursorColumns(table);
        edit(table, cursors);

        LoadResult increment = fixture.load(table);
        assertThat(increment.outcome()).as(increment.toString()).isEqualTo(Outcome.SUCCESS);
        if (cursors.isEmpty()) {
            assertThat(increment.reason()).isEqualTo("small, and no column shows edits");
            assertFull(increment);
        } else {
            assertThat(increment.type()).as(increment.reason()).contains(LoadType.INCREMENTAL);
        }

        assertThat(fixture.status(table, "concat_ws(' ', rows_inserted, rows_updated, rows_dead_lettered)"))
                .isEqualTo("0 1 0");
        assertArrived(table);
    }

    private static void assertFull(LoadResult load) {
        assertThat(load.outcome()).as(load.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(load.type()).contains(LoadType.FULL);
    }

    private void assertArrived(String table) {
        assertThat(fixture.target()
                        .rows("SELECT column_name, data_type FROM information_schema.columns"
                                + " WHERE table_schema = 'raw' AND table_name = '" + table
                                + "' AND column_name <> '_loaded_at' ORDER BY ordinal_position"))
                .isEqualTo(columns(table).stream()
                        .map(column -> column.name() + "|" + targetType(column))
                        .toList());
        assertThat(Canonical.differences(fixture.source(), fixture.target(), table))
                .isEmpty();
        assertThat(fixture.target()
                        .rows("SELECT key, sqlstate, column_name FROM raw.etl_dead_letter WHERE table_name = '" + table
                                + "'"))
                .isEmpty();
    }

    private static String targetType(SourceColumn column) {
        return switch (column.type()) {
            case "tinyint" -> "smallint";
            case "smallint" -> column.unsigned() ? "integer" : "smallint";
            case "int" -> "integer";
            case "double" -> "double precision";
            case "float" -> "real";
            case "datetime", "timestamp" -> "timestamp without time zone";
            case "time" -> "interval";
            case "char", "varchar", "mediumtext" -> "text";
            case "binary", "varbinary", "blob", "mediumblob" -> "bytea";
            default -> column.type();
        };
    }

    /** Where each row lies and which transaction wrote it: another text if anything was written since. */
    private String tuples(String table) {
        return fixture.target()
                .value("SELECT md5(string_agg(ctid || ' ' || xmin, ',' ORDER BY ctid)) FROM raw.\"" + table + "\"");
    }

    /** Edits the row with the key 1 as the practice's program does. */
    private void edit(String table, List<String> cursors) {
        List<SourceColumn> columns = columns(table);
        String key = columns.stream()
                .filter(SourceColumn::key)
                .map(SourceColumn::name)
                .findFirst()
                .orElseThrow();
        SourceColumn edited = columns.stream()
                .filter(column -> !column.key())
                .min(Comparator.comparing(SourceColumn::dated))
                .orElseThrow();
        String values = edited.dated() ? " <=> '2020-02-02', '2020-03-03', '2020-02-02')" : " <=> '1', '2', '1')";
        String now = cursors.isEmpty() ? "" : ", `" + cursors.get(0) + "` = NOW()";
        fixture.source()
                .execute("UPDATE `" + table + "` SET `" + edited.name() + "` = IF(`" + edited.name() + "`" + values
                        + now + " WHERE `" + key + "` = 1");
    }

    private List<SourceColumn> columns(String table) {
        return SourceColumn.of(fixture.source(), table);
    }

    private static List<String> cursorColumns(String table) {
        return table.equals(BYTES)
                ? List.of()
                : CatalogReader.read(SHIPPED).tables().get(table).cursors().columns();
    }

    private static List<String> declaredColumns() {
        try (Stream<String> lines = Files.lines(Path.of("src", "demo", "resources", "opendental", "columns.csv"))) {
            return lines.skip(1).map(line -> line.replace(',', '|')).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
