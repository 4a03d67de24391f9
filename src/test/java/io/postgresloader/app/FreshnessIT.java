package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.tracking.LoadLock;
import io.postgresloader.verify.Reconciliation;
import io.postgresloader.verify.RecordedVerify;
import io.postgresloader.verify.Verifier;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The view etl_freshness claims what the source had committed, and nothing that a delete or an edit refutes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreshnessIT {
    private static final String ROWS = "SELECT seq, '1', '2026-01-01' + INTERVAL seq SECOND FROM seq_1_to_";

    private final LoaderFixture fixture = new LoaderFixture();

    /** What happens to a loaded table. */
    private interface Step {
        void on(FreshnessIT test, String table) throws Exception;
    }

    /**
     * @param table its options are in the table list
     * @param change a statement on the source that no cursor column shows, for {@code %s}; empty: none
     * @param complete whether complete_up_to afterwards covers the change
     */
    private record Arrangement(String table, String change, Step step, boolean complete) {
        @Override
        public String toString() {
            return table;
        }
    }

    private static final String DELETE = "DELETE FROM %s WHERE Id = 7";
    private static final String EDIT = "UPDATE %s SET Note = 'b' WHERE Id = 7";

    static Stream<Arrangement> arrangements() {
        return Stream.of(
                new Arrangement("increment_d", DELETE, FreshnessIT::load, false),
                new Arrangement("increment_e", EDIT, FreshnessIT::load, false),
                new Arrangement("full_d", DELETE, (test, table) -> test.load(table, LoadRequest.Kind.FULL), false),
                new Arrangement("unchanged", "", FreshnessIT::loadUnchanged, false),
                new Arrangement("reconcile_d", DELETE, FreshnessIT::reconcile, true),
                new Arrangement("reconcile_e", EDIT, FreshnessIT::reconcile, true),
                new Arrangement("reconcile_n", "", FreshnessIT::reconcile, true),
                new Arrangement("verify_n", "", FreshnessIT::verify, true),
                new Arrangement("verify_d", DELETE, FreshnessIT::verify, false),
                new Arrangement("beside_load", "", FreshnessIT::verifyBesideALoad, false),
                new Arrangement("repair_d", DELETE, (test, table) -> test.fixture.repair(table), true),
                new Arrangement("braked", "DELETE FROM %s WHERE Id > 7", FreshnessIT::reconcile, false),
                new Arrangement("ignored", DELETE, FreshnessIT::reconcile, false),
                new Arrangement("marked", DELETE, FreshnessIT::reconcile, true),
                new Arrangement("keyless", DELETE, FreshnessIT::load, true),
                new Arrangement("emptied", DELETE, FreshnessIT::loadEmptied, true),
                new Arrangement("dead_letter", "UPDATE %s SET Note = 'cc' WHERE Id = 7", FreshnessIT::reconcile, true));
    }

    @BeforeAll
    void createTables() {
        all().forEach(this::create);
        fixture.source().execute("ALTER TABLE keyless DROP PRIMARY KEY");
        StringBuilder tables = new StringBuilder("defaults: {max_delete_fraction: 0.1}\n");
        all().forEach(table -> tables.append(table)
                .append(": {incremental_columns: [Edited], ")
                .append(options(table))
                .append("}\n"));
        fixture.tables(tables.toString());
    }

    private static Stream<String> all() {
        return Stream.concat(
                arrangements().map(Arrangement::table),
                Stream.of("unreconciled", "pending", "server", "dropped", "adopted"));
    }

    private void create(String table) {
        fixture.source()
                .execute(
                        "CREATE TABLE " + table + " (Id int NOT NULL PRIMARY KEY, Note varchar(20) NOT NULL,"
                                + " Edited datetime NOT NULL) ENGINE=InnoDB",
                        "INSERT INTO " + table + " " + ROWS + rows(table));
    }

    /** The delete limit lets a hundred rows be deleted of any table. */
    private static int rows(String table) {
        return table.equals("braked") ? 200 : 30;
    }

    private static String options(String table) {
        return switch (table) {
            case "keyless" -> "load: full";
            case "ignored" -> "deletes: ignore";
            case "marked" -> "deletes: mark";
            case "dead_letter" -> "column_types: {Note: integer}";
            case "unreconciled" -> "reconcile: off";
            default -> "load: incremental";
        };
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arrangements")
    void onlyWhatIsProvenIsClaimedComplete(Arrangement arrangement) throws Exception {
        String table = arrangement.table();
        load(table);
        Instant first = completeUpTo(table).orElseThrow();
        assertThat(loadedUpTo(table)).contains(first);
        assertThat(fresh(table, "rows, state, open_dead_letters, last_success IS NOT NULL"))
                .isEqualTo(rows(table) + "|success|0|t");

        fixture.awaitNextLook();
        if (!arrangement.change().isEmpty()) {
            fixture.source().execute(arrangement.change().formatted(table));
        }
        Instant changed = sourceClock();
        fixture.awaitNextLook();
        arrangement.step().on(this, table);

        if (arrangement.complete()) {
            assertThat(completeUpTo(table).orElseThrow()).isAfterOrEqualTo(changed);
        } else {
            assertThat(completeUpTo(table)).contains(first);
        }
        assertThat(completeUpTo(table).orElseThrow()).isBefore(sourceClock());
    }

    @Test
    void openDeadLettersAreCountedApart() throws Exception {
        Arrangement arrangement = arrangements()
                .filter(a -> a.table().equals("dead_letter"))
                .findFirst()
                .orElseThrow();
        fixture.loader();
        if (fresh(arrangement.table(), "loaded_up_to").equals("∅")) {
            onlyWhatIsProvenIsClaimedComplete(arrangement);
        }

        assertThat(fresh("dead_letter", "open_dead_letters, verify_result")).isEqualTo("1|equal");
    }

    @Test
    void withoutComparisonsNothingIsComplete() {
        load("unreconciled");

        assertThat(loadedUpTo("unreconciled")).isPresent();
        assertThat(completeUpTo("unreconciled")).isEmpty();
    }

    @Test
    void aTableThatIsToBeLoadedFromTheStartClaimsNothing() {
        load("pending");
        fixture.target().execute("UPDATE raw.etl_load_status SET load_status = 'pending' WHERE table_name = 'pending'");
        assertThat(fresh("pending", "loaded_up_to, complete_up_to, state")).isEqualTo("∅|∅|pending");

        load("pending");

        assertThat(loadedUpTo("pending")).isPresent();
        assertThat(completeUpTo("pending"))
                .as("the target had rows when that load began")
                .isEmpty();
    }

    @Test
    void whatAnotherServerProvedIsVoid() {
        load("server");
        fixture.target()
                .execute("UPDATE raw.etl_load_status SET source_state = NULL, source_origin ="
                        + " jsonb_set(jsonb_set(source_origin, '{server}', '\"other\"'), '{certain}', 'false')"
                        + " WHERE table_name = 'server'");

        load("server");

        assertThat(loadedUpTo("server")).isPresent();
        assertThat(completeUpTo("server")).isEmpty();
    }

    @Test
    void rowsThatTheTargetLostVoidTheClaim() {
        load("dropped");
        fixture.target().execute("TRUNCATE raw.dropped", "INSERT INTO raw.dropped VALUES (99, '1', now())");

        load("dropped");

        assertThat(completeUpTo("dropped")).isEmpty();
    }

    /** What the other loader wrote into last_loaded says nothing. */
    @Test
    void anAdoptedTableIsCompleteFromItsComparisonOn() throws InterruptedException {
        fixture.loader();
        fixture.target()
                .execute(
                        "CREATE TABLE raw.adopted (\"Id\" integer PRIMARY KEY, \"Note\" text, \"Edited\" timestamp)",
                        "INSERT INTO raw.adopted SELECT seq, '1', '2026-01-01'::timestamp + seq * interval '1 s'"
                                + " FROM generate_series(1, 40) seq",
                        "UPDATE raw.etl_load_status SET last_loaded = '2031-01-01' WHERE table_name = 'adopted'");
        assertThat(fresh("adopted", "loaded_up_to, complete_up_to, rows")).isEqualTo("∅|∅|∅");
        Instant before = sourceClock();
        fixture.awaitNextLook();

        load("adopted");

        assertThat(loadedUpTo("adopted").orElseThrow()).isBetween(before, sourceClock());
        assertThat(fixture.status("adopted", "verify_result")).isEqualTo("repaired");
        assertThat(completeUpTo("adopted").orElseThrow()).isBetween(before, sourceClock());
        assertThat(fresh("adopted", "rows")).isEqualTo("30");
    }

    @Test
    void aViewWithoutALookAtTheTables() {
        fixture.loader();

        List<String> plan = fixture.target().rows("EXPLAIN SELECT * FROM raw.etl_freshness");

        assertThat(plan).noneMatch(line -> line.contains("increment_d"));
    }

    private void load(String table) {
        load(table, LoadRequest.Kind.DUE);
    }

    private void load(String table, LoadRequest.Kind kind) {
        assertThat(fixture.load(table, kind).outcome()).isEqualTo(LoadResult.Outcome.SUCCESS);
    }

    /** Until the source says that nothing changed. */
    private void loadUnchanged(String table) throws InterruptedException {
        Instant loaded = loadedUpTo(table).orElseThrow();
        for (int i = 0; i < 20 && !fixture.status(table, "load_type").equals("unchanged"); i++) {
            Thread.sleep(300);
            load(table);
        }
        assertThat(fixture.status(table, "load_type")).isEqualTo("unchanged");
        assertThat(loadedUpTo(table).orElseThrow()).isAfter(loaded);
    }

    private void loadEmptied(String table) {
        fixture.target().execute("TRUNCATE raw." + table);
        load(table);
    }

    private void reconcile(String table) {
        Optional<Reconciliation> done = fixture.loader().reconcile(table, "asked for");
        assertThat(done).isPresent();
    }

    private void verify(String table) {
        new RecordedVerify(new Verifier(fixture.services()), fixture.services()).verify(table);
    }

    /** Such a load may have read a row that is deleted before the comparison begins. */
    private void verifyBesideALoad(String table) throws SQLException {
        try (LoadLock lock =
                LoadLock.tryTake(fixture.services().warehouse(), table).orElseThrow()) {
            assertThat(lock.held()).isTrue();
            verify(table);
        }
        assertThat(fixture.status(table, "verify_result")).isEqualTo("equal");
    }

    private Instant sourceClock() {
        return LocalDateTime.parse(fixture.source()
                        .value("SELECT UTC_TIMESTAMP(/*!50604 6 */)")
                        .replace(' ', 'T'))
                .toInstant(ZoneOffset.UTC);
    }

    private Optional<Instant> loadedUpTo(String table) {
        return instant(table, "loaded_up_to");
    }

    private Optional<Instant> completeUpTo(String table) {
        return instant(table, "complete_up_to");
    }

    private Optional<Instant> instant(String table, String column) {
        String text = fresh(table, "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
        return text.equals("∅") ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    private String fresh(String table, String columns) {
        return fixture.target()
                .value("SELECT " + columns + " FROM raw.etl_freshness WHERE table_name = '" + table + "'");
    }
}
