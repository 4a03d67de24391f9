package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.postgresloader.camel.RetentionSteps;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The tracking tables do not grow for ever. */
class RetentionIT {
    private static final String LEFT =
            "SELECT load_id FROM raw.etl_dead_letter UNION ALL SELECT pipeline_id FROM raw.etl_table_metrics"
                    + " WHERE pipeline_id LIKE 'm%' UNION ALL SELECT load_id FROM raw.etl_deleted_row UNION ALL SELECT message_id FROM raw.etl_notification ORDER BY 1";

    private final LoaderFixture fixture = new LoaderFixture();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(RetentionSteps.class);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
        fixture.source().execute("CREATE TABLE visit (Id int NOT NULL PRIMARY KEY) ENGINE=MyISAM");
        fixture.tables("visit:");
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        fixture.close();
    }

    @Test
    void oldRowsAreRemovedAndOpenDeadLettersStay() {
        fixture.set("TRACKING_RETENTION", "30d");
        fill();

        fixture.loader().removeOld();

        assertThat(fixture.target().rows(LEFT))
                .containsExactly("d new", "d old open", "f new", "m former", "m new", "n new");
        assertThat(lines.list).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                .isEqualTo(
                        "Removed 2 closed dead letters, 25000 rows of etl_table_metrics, 3 of etl_deleted_row and 2 of"
                                + " etl_notification older than 30 days"));

        fixture.loader().removeOld();

        assertThat(lines.list).hasSize(1);
    }

    @Test
    void withRetentionOffNothingIsRemoved() {
        fixture.set("TRACKING_RETENTION", "off");
        fill();

        fixture.loader().removeOld();

        assertThat(fixture.target().rows(LEFT)).hasSize(25_000 + 13);
    }

    /** Somebody looks at them just now. */
    @Test
    void lockedRowsAreRemovedTheNextTime() throws Exception {
        fixture.set("TRACKING_RETENTION", "30d");
        fill();
        try (Connection holder = fixture.target().connect()) {
            holder.setAutoCommit(false);
            holder.createStatement()
                    .executeQuery("SELECT * FROM raw.etl_dead_letter WHERE load_id = 'd old replayed' FOR UPDATE");

            fixture.loader().removeOld();

            assertThat(fixture.target().rows(LEFT)).contains("d old replayed").doesNotContain("d old superseded");
            holder.rollback();
        }
    }

    private void fill() {
        fixture.loader();
        fixture.target()
                .execute(
                        "INSERT INTO raw.etl_dead_letter (table_name, key, reason, message, load_id, state, last_seen)"
                                + " VALUES ('visit', '{\"Id\": \"1\"}', 'r', 'm', 'd old open', 'open', now() - interval"
                                + " '31 days'), ('visit', '{\"Id\": \"1\"}', 'r', 'm', 'd old superseded', 'superseded',"
                                + " now() - interval '31 days'), ('visit', '{\"Id\": \"1\"}', 'r', 'm', 'd old replayed',"
                                + " 'replayed', now() - interval '31 days'), ('visit', '{\"Id\": \"1\"}', 'r', 'm',"
                                + " 'd new', 'replayed', now() - interval '29 days')",
                        "INSERT INTO raw.etl_deleted_row (table_name, key, deleted_at, load_id) SELECT 'visit', '{}',"
                                + " now() - interval '31 days', 'f old' FROM generate_series(1, 3)",
                        "INSERT INTO raw.etl_deleted_row (table_name, key, deleted_at, load_id)"
                                + " VALUES ('visit', '{}', now() - interval '29 days', 'f new')",
                        "INSERT INTO raw.etl_notification (message_id, channel, table_name, kind, message, created_at)"
                                + " VALUES ('n old sent', 'log', 'visit', 'failed', '{}', now() - interval '31 days'),"
                                + " ('n old', 'mail', 'visit', 'failed', '{}', now() - interval '31 days'),"
                                + " ('n new', 'log', 'visit', 'failed', '{}', now() - interval '29 days')",
                        "INSERT INTO raw.etl_table_metrics (pipeline_id, table_name, success, \"timestamp\")"
                                + " VALUES ('m former', 'visit', true, '2020-01-01')",
                        "INSERT INTO raw.etl_table_metrics (pipeline_id, table_name, load_type, success, \"timestamp\")"
                                + " SELECT 'm old', 'visit', 'full', true, now() AT TIME ZONE 'UTC' - interval '31 days'"
                                + " FROM generate_series(1, 25000)",
                        "INSERT INTO raw.etl_table_metrics (pipeline_id, table_name, load_type, success, \"timestamp\")"
                                + " VALUES ('m new', 'visit', 'full', true,"
                                + " now() AT TIME ZONE 'UTC' - interval '29 days')");
    }
}
