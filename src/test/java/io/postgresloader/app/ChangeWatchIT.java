package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.settings.NotifySettings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.database.Warehouse;
import io.postgresloader.model.ChangeKind;
import io.postgresloader.monitor.change.ChangeWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Looks of one loader or of two at tracking tables that the test writes. */
class ChangeWatchIT {
    private static final int TABLES = 12;

    private final LoaderFixture fixture = new LoaderFixture();

    @TempDir
    private Path directory;

    private Catalog catalog;

    @BeforeEach
    void migrate() throws IOException {
        String tables = IntStream.rangeClosed(1, TABLES)
                .mapToObj(number -> "t" + number + ": {schedule: 1d}\n")
                .collect(Collectors.joining());
        catalog = CatalogReader.read(Files.writeString(directory.resolve("tables.yml"), tables));
        fixture.set("NOTIFY_KINDS", "none").tables("other:").loader();
        fixture.stop();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void twoLoadersOfWhichOneHasNoWayToTheSourceDoNotTellItInTurn() {
        ChangeWatch sees = watch(Optional.empty());
        ChangeWatch blind = watch(Optional.of("it does not answer"));
        state(1, 1, "success");

        for (int i = 0; i < 4; i++) {
            blind.look();
            sees.look();
        }

        assertThat(messages("kind, message ->> 'changes'")).containsExactly("source-away|1");
        // The one that has no way ends; the other one waits for it for a while.
        fixture.target()
                .execute(
                        "UPDATE raw.etl_notified SET state = jsonb_set(state, '{silence,at}', '\"2026-01-01T00:00:00Z\"')"
                                + " WHERE table_name = ''");
        sees.look();
        sees.look();
        assertThat(messages("kind, message ->> 'changes'")).containsExactly("source-away|1", "source-back|1");
    }

    @Test
    void whatHappenedWhileNothingWasToldIsNotToldAfterwards() {
        state(1, 3, "success");
        watch(Optional.empty()).look();
        // Then nobody looks for a while; a load of each table fails, and the next one succeeds.
        load(1, 3, false, "1 day");
        load(1, 3, true, "23 hours");
        // These were not in the list then: two fail since yesterday, one since a minute, and of two rows are dead
        // letters.
        state(4, 6, "failed");
        load(4, 5, true, "2 days");
        load(4, 5, false, "1 day");
        load(4, 6, false, "1 minute");
        state(7, 8, "success");
        fixture.target()
                .execute("INSERT INTO raw.etl_dead_letter (table_name, key, reason, message, load_id, first_seen)"
                        + " VALUES ('t7', '{\"Id\": \"1\"}', 'data', 'too long', 'l', now() - interval '1 day'),"
                        + " ('t7', '{\"Id\": \"2\"}', 'data', 'too long', 'l', now()),"
                        + " ('t8', '{\"Id\": \"1\"}', 'data', 'too long', 'l', now())");
        ChangeWatch watch = watch(Optional.empty());

        watch.look();
        assertThat(messages("message ->> 'text'"))
                .containsExactly("t6: a load failed: no such column", "t8: 1 row is a dead letter: 1 × too long");

        state(4, 4, "success");
        watch.look();
        String yesterday = fixture.target().value("SELECT CAST(now() AT TIME ZONE 'UTC' - interval '1 day' AS date)");
        assertThat(messages("message ->> 'text'").get(2)).startsWith("t4: over: failed since " + yesterday + "T");
    }

    @Test
    void manyTablesThatFailForOneReasonAreOneMessageAndEachWaitsForItsHour() {
        ChangeWatch watch = watch(Optional.empty());
        state(1, TABLES, "success");
        watch.look();
        state(1, 1, "failed");
        watch.look();
        state(1, 1, "success");
        watch.look();
        // One was told within the hour.
        state(1, TABLES, "failed");
        watch.look();
        assertThat(messages("kind, table_name, jsonb_array_length(message -> 'tables'), not_before > now()"))
                .containsExactly("failed|t1|0|f", "recovered|t1|0|f", "failed|t1|0|t", "failed||11|f");
        assertThat(messages("message ->> 'text'"))
                .contains("11 tables (t10, t11, t12, t2, t3, t4, t5, t6, t7, t8 and 1 more): a load failed:"
                        + " no such column");

        // All were told within the hour: the others wait together, and are counted.
        hide();
        for (int i = 0; i < 2; i++) {
            state(2, TABLES, "success");
            watch.look();
            state(2, TABLES, "failed");
            watch.look();
        }
        assertThat(messages("kind, table_name, jsonb_array_length(message -> 'tables'), message ->> 'changes',"
                        + " not_before > now(), message ->> 'over' IS NOT NULL"))
                .containsExactly("recovered||11|1|f|f", "failed||11|2|t|f", "recovered||11|1|t|f");
        // It is over when it is over for all of them.
        state(2, 7, "success");
        watch.look();
        assertThat(over()).isEqualTo(0);
        state(8, TABLES, "success");
        watch.look();
        assertThat(over()).isEqualTo(1);
    }

    @Test
    void aMemoryThatCannotBeReadIsMadeAnew() {
        ChangeWatch watch = watch(Optional.empty());
        state(1, 2, "success");
        watch.look();
        fixture.target()
                .execute(
                        "UPDATE raw.etl_notified SET state = '{\"troubles\": 7}' WHERE table_name = 't1'",
                        "UPDATE raw.etl_notified SET state = '17' WHERE table_name = ''",
                        "UPDATE raw.etl_notified SET state = state || '{\"colour\": \"blue\"}' WHERE table_name = 't2'");
        state(2, 2, "failed");
        watch.look();
        assertThat(messages("kind, table_name")).containsExactly("failed|t2");
    }

    private ChangeWatch watch(Optional<String> silence) {
        NotifySettings settings = new NotifySettings(
                EnumSet.allOf(ChangeKind.class),
                Duration.ofSeconds(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Warehouse warehouse = new Warehouse(
                new DriverManagerDataSource(
                        fixture.target().url(), fixture.target().user(), ""),
                "raw");
        return new ChangeWatch(settings, warehouse, () -> catalog, () -> silence);
    }

    /** The last load of these tables ended so. */
    private void state(int from, int to, String status) {
        fixture.target()
                .execute(
                        "INSERT INTO raw.etl_load_status (table_name, load_status, last_loaded, watermarks, finished_at,"
                                + " error, error_class) SELECT 't' || n, '" + status
                                + "', now() AT TIME ZONE 'UTC', '{}', now(),"
                                + (status.equals("failed") ? " 'no such column', 'schema'" : " NULL, NULL")
                                + " FROM generate_series(" + from + ", " + to
                                + ") AS n ON CONFLICT (table_name) DO UPDATE SET"
                                + " load_status = EXCLUDED.load_status, error = EXCLUDED.error,"
                                + " error_class = EXCLUDED.error_class, finished_at = now()");
    }

    private void load(int from, int to, boolean success, String ago) {
        fixture.target()
                .execute("INSERT INTO raw.etl_table_metrics (pipeline_id, table_name, success, error, \"timestamp\")"
                        + " SELECT 'p', 't' || n, " + success + ", "
                        + (success ? "NULL" : "'no such column'")
                        + ", now() AT TIME ZONE 'UTC' - interval '" + ago + "' FROM generate_series(" + from + ", " + to
                        + ") AS n");
    }

    /** From here on, messages are those that are added now. */
    private void hide() {
        fixture.target().execute("UPDATE raw.etl_notification SET channel = 'hidden'");
    }

    private long over() {
        return fixture.target()
                .count("SELECT count(*) FROM raw.etl_notification WHERE kind = 'failed' AND not_before > now()"
                        + " AND table_name = '' AND message ->> 'over' IS NOT NULL");
    }

    private List<String> messages(String columns) {
        return fixture.target()
                .rows("SELECT " + columns + " FROM raw.etl_notification WHERE channel = 'log' ORDER BY id");
    }
}
