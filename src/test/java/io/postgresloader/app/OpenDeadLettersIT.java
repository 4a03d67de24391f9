package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** While dead letters are open, no command says that all is well. */
class OpenDeadLettersIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void aViewKeepsAColumnFromBeingWidened() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Amount int) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, seq FROM seq_1_to_50",
                        "CREATE TABLE other (Id int NOT NULL PRIMARY KEY) ENGINE=MyISAM",
                        "INSERT INTO other VALUES (1)");
        fixture.tables("visit: {max_dead_letter_fraction: 100%}\nother:\n");
        fixture.load("visit");
        fixture.target().execute("CREATE VIEW raw.amounts AS SELECT \"Amount\" FROM raw.visit");
        fixture.source()
                .execute(
                        "ALTER TABLE visit MODIFY Amount bigint",
                        "INSERT INTO visit SELECT seq, 5000000000 FROM seq_51_to_101");
        fixture.stop();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void commandsFailUntilTheyAreClosedOrAccepted() throws Exception {
        String open = "51 dead letters are open: visit 51; ";

        JarRun once = run(1, "once");
        assertThat(once.err()).contains(open + "status shows a reason of each table; fix the cause and run replay, ");
        assertThat(run(1, "once").err()).as("no new ones").contains(open);
        run(0, "once", "other");
        assertThat(run(0, "once", "--allow-dead-letters=51").err()).contains(open + "accepted");

        assertThat(run(1, "verify").out()).containsPattern("visit +equal, 51 dead letters +50 +0 +0 +0 +51 ");
        assertThat(run(0, "verify", "other").out()).containsPattern("other +equal +1 ");
        run(1, "verify", "--allow-dead-letters=50", "visit");
        run(0, "verify", "--allow-dead-letters", "visit");
        JsonNode json = new ObjectMapper()
                .readTree(run(1, "verify", "--format", "json", "visit").out())
                .get(0);
        assertThat(json.get("result").asText()).isEqualTo("equal, 51 dead letters");
        assertThat(json.get("open_dead_letters").asLong()).isEqualTo(51);
        assertThat(JarRun.of(fixture.environment(), "status").out())
                .containsPattern("visit +success .* equal, 51 dead letters ");

        assertThat(run(1, "replay").err()).contains(open);
        fixture.target().execute("DROP VIEW raw.amounts");
        assertThat(run(0, "replay").out()).containsPattern("visit +success +replay +51 +51 ");
        assertThat(run(0, "verify").out()).containsPattern("visit +equal +101 ");
        run(0, "once");
    }

    /** A row that was corrected on both sides, say: its entry is open although nothing differs. */
    @Test
    void anEntryWhoseRowIsEqualCounts() {
        run(1, "once");
        fixture.source().execute("DELETE FROM visit WHERE Id > 50");

        assertThat(run(1, "verify", "visit").out()).containsPattern("visit +equal, 51 dead letters +50 +0 +0 +0 +0 ");
        assertThat(run(0, "replay").out()).containsPattern("visit +success +replay ");
        run(0, "verify", "visit");
    }

    /** Keys of rows that are not in the source: a load of one row and a comparison need none of them in memory. */
    @Test
    @Tag(Extent.SLOW)
    void veryManyDoNotFillTheMemory() {
        fixture.target()
                .execute("INSERT INTO raw.etl_dead_letter (table_name, key, reason, message, load_id)"
                        + " SELECT 'other', jsonb_build_object('Id', n::text), 'row data', 'x', 'x'"
                        + " FROM generate_series(1000, 300999) n");
        fixture.source().execute("INSERT INTO other VALUES (2)");
        List<String> jvm = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");

        JarRun once = JarRun.of(fixture.environment(), jvm, "once", "--allow-dead-letters", "other");
        assertThat(once.exitCode()).as(once.toString()).isZero();
        JarRun verify = JarRun.of(fixture.environment(), jvm, "verify", "--allow-dead-letters", "other");
        assertThat(verify.exitCode()).as(verify.toString()).isZero();
        assertThat(verify.out()).containsPattern("other +equal(, 300000 dead letters)? +2 ");
    }

    private JarRun run(int exitCode, String... arguments) {
        JarRun run = JarRun.of(fixture.environment(), arguments);
        assertThat(run.exitCode()).as(String.join(" ", arguments) + ": " + run).isEqualTo(exitCode);
        return run;
    }
}
