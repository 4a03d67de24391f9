package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Sampled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a PostgreSQL target can be: each arrangement is loaded exactly, or its row, column or table is named. */
class TargetArrangementsIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}")
    @Sampled(oneOf = 2)
    @MethodSource("io.postgresloader.app.Arrangements#all")
    void theRowOrTheTableIsNamed(Arrangement arrangement) {
        prepare(arrangement);
        if (arrangement.loadedBefore) {
            assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
            fixture.target().execute(arrangement.targetLater.toArray(String[]::new));
            fixture.source().execute(arrangement.sourceLater.toArray(String[]::new));
        }

        LoadResult load = fixture.load("visit");

        if (!arrangement.stops.isEmpty()) {
            assertThat(load.failure()).as(load.toString()).isPresent();
            assertThat(load.failure().orElseThrow()).hasToString(arrangement.stops);
            if (arrangement.cure.isEmpty()) {
                return;
            }
            fixture.target().execute(arrangement.cure.toArray(String[]::new));
            load = fixture.load("visit");
        }
        assertLoaded(arrangement, load);
    }

    private void prepare(Arrangement arrangement) {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Amount int, Note varchar(40), Edited"
                                + " datetime NOT NULL)",
                        "INSERT INTO visit SELECT seq, seq, CONCAT('n', seq), '2020-02-02' FROM seq_1_to_60");
        fixture.source().execute(arrangement.source.toArray(String[]::new));
        fixture.target()
                .execute(
                        "DO $$ BEGIN IF to_regrole('" + Arrangements.USER + "') IS NULL THEN CREATE ROLE "
                                + Arrangements.USER + " LOGIN; END IF; END $$",
                        "ALTER ROLE " + Arrangements.USER + " NOBYPASSRLS",
                        "CREATE SCHEMA raw AUTHORIZATION " + Arrangements.USER,
                        "DO $$ BEGIN EXECUTE format('GRANT ALL ON DATABASE %I TO " + Arrangements.USER
                                + "', current_database()); END $$");
        fixture.target().execute(arrangement.target.toArray(String[]::new));
        fixture.tables(arrangement.list);
        if (arrangement.asOrdinaryUser) {
            fixture.set("TARGET_USER", Arrangements.USER);
        }
    }

    private void assertLoaded(Arrangement arrangement, LoadResult load) {
        assertThat(load.outcome()).as(load.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target()
                        .rows("SELECT key->>'Id', sqlstate FROM raw.etl_dead_letter WHERE state = 'open' ORDER BY id"))
                .containsExactlyInAnyOrderElementsOf(arrangement.deadLetters);
        if (!arrangement.notes.isEmpty()) {
            assertThat(fixture.status("visit", "notes")).startsWith(arrangement.notes);
        }
        if (arrangement.keyless) {
            assertThat(fixture.target().rows("SELECT \"Id\", \"Note\" FROM raw.visit ORDER BY 1"))
                    .isEqualTo(fixture.source().rows("SELECT Id, Note FROM visit ORDER BY 1"));
            return;
        }
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .allMatch(line -> arrangement.deadLetters.stream()
                        .anyMatch(row -> isOf(line, row.substring(0, row.indexOf('|')))));
    }

    /** Texts are compared by their bytes. */
    private static boolean isOf(String line, String key) {
        String bytes = HexFormat.of().formatHex(key.getBytes(StandardCharsets.US_ASCII));
        return line.startsWith("key (" + key + ")") || line.startsWith("key (" + bytes + ")");
    }
}
