package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows, dead letters and counts of a chunk commit together. */
class ChunkTransactionIT {
    private final LoaderFixture fixture = new LoaderFixture();

    /** One chunk in three batches. The first one has a bad row, and the target fails at the third. */
    @BeforeEach
    void load() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20))",
                        "INSERT INTO visit SELECT seq, IF(seq = 2, 'bad', 'good') FROM seq_1_to_6");
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.visit (\"Id\" int PRIMARY KEY, \"Note\" text CHECK (\"Note\" <> 'bad'))",
                        "CREATE FUNCTION raw.fails() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE 'no' USING ERRCODE = '42501'; END $$",
                        "CREATE TRIGGER fails BEFORE INSERT ON raw.visit FOR EACH ROW WHEN (NEW.\"Id\" = 6)"
                                + " EXECUTE FUNCTION raw.fails()");
        fixture.set("LOADER_BATCH_ROWS", "2");
        fixture.tables("visit: {load: full}");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void chunkThatFailsAfterADeadLetterWritesNothing() {
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.FAILED);

        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isZero();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter WHERE key IS NOT NULL"))
                .isZero();
    }

    @Test
    void chunkThatEndsWritesRowsAndDeadLetter() {
        fixture.target().execute("DROP TRIGGER fails ON raw.visit");

        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(5);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_dead_letter WHERE key IS NOT NULL"))
                .isOne();
    }
}
