package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Canonical;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A load that goes on behind its bookmark does not see what changed before it: the next one must not be left out. */
class ResumedUnchangedIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aChangeBeforeTheBookmarkIsLoadedNext() throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL, KEY (Edited))"
                                + " ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, 'old', NOW() FROM seq_1_to_30");
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.visit (\"Id\" int PRIMARY KEY, \"Note\" text, \"Edited\" timestamp)",
                        "CREATE FUNCTION raw.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                + " RAISE EXCEPTION 'x' USING ERRCODE = '53100'; END $$",
                        "CREATE TRIGGER fail BEFORE INSERT ON raw.visit FOR EACH ROW WHEN (NEW.\"Id\" = 15)"
                                + " EXECUTE FUNCTION raw.fail()");
        fixture.set("LOADER_PAGE_ROWS", "10")
                .set("LOADER_RETRIES", "0")
                .tables("visit: {incremental_columns: [Edited], lookback: 1s}");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.FAILED);

        fixture.source().execute("UPDATE visit SET Note = 'new', Edited = NOW() WHERE Id = 5");
        // The source's record of the change is in whole seconds, and must be a few old to be trusted.
        Thread.sleep(4000);
        fixture.target().execute("DROP TRIGGER fail ON raw.visit");
        assertThat(fixture.load("visit").reason()).startsWith("resumed: ");
        fixture.load("visit");

        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
    }
}
