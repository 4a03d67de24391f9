package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.load.run.Replays;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.RowKey;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import io.postgresloader.tracking.DeadLetterTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code replay} reads the rows behind open dead letters again, and those alone. */
@Tag(Extent.SMOKE)
class ReplayIT {
    private static final String STATE = "watermarks, fingerprint, last_loaded, bookmark";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void loadWithFourBadRows() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL, Code varchar(20) NOT NULL, Note varchar(20),"
                                + " Edited datetime NOT NULL, PRIMARY KEY (Id, Code)) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, IF(seq = 13, CONCAT('x\\\\y', CHAR(0)), 'ü\\'\\\\\\\\'),"
                                + " IF(seq IN (3, 5, 9), CONCAT('bad', CHAR(0)), 'ok'), '2020-01-01' FROM seq_1_to_20");
        fixture.set("LOADER_PAGE_ROWS", "7").set("LOADER_BATCH_ROWS", "3");
        fixture.tables("visit: {incremental_columns: [Edited], max_dead_letter_fraction: 100%}");
        assertThat(fixture.load("visit").counts().deadLettered()).isEqualTo(4);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void eachEntryGetsTheStateOfItsRow() {
        String state = fixture.status("visit", STATE);
        fixture.source()
                .execute(
                        "UPDATE visit SET Note = 'fixed' WHERE Id = 3",
                        "DELETE FROM visit WHERE Id = 5",
                        // Not behind an entry: a replay has nothing to do with it.
                        "UPDATE visit SET Note = 'changed' WHERE Id = 1");
        fixture.stop();

        JarRun replay = JarRun.of(fixture.environment(), "replay");

        assertThat(replay.exitCode()).as(replay.toString()).isEqualTo(1);
        assertThat(replay.out()).containsPattern("visit +success +replay +3 +1 +0 +0 +2 ");
        assertThat(entries()).containsExactly("3|replayed|1", "5|superseded|1", "9|open|2", "13|open|2");
        assertThat(fixture.status("visit", STATE)).isEqualTo(state);
        assertThat(notes("3")).containsExactly("fixed");
        assertThat(notes("1")).containsExactly("ok");
        assertThat(notes("9, 13")).isEmpty();

        fixture.source()
                .execute(
                        "UPDATE visit SET Note = 'fixed' WHERE Id = 9",
                        "UPDATE visit SET Code = 'fixed' WHERE Id = 13");
        JarRun second = JarRun.of(fixture.environment(), "replay", "visit");

        assertThat(second.exitCode()).as(second.toString()).isZero();
        assertThat(entries()).containsExactly("3|replayed|1", "5|superseded|1", "9|replayed|2", "13|superseded|2");
        assertThat(notes("9")).containsExactly("fixed");
        assertThat(fixture.status("visit", STATE)).isEqualTo(state);
        assertThat(JarRun.of(fixture.environment(), "replay").out()).isEqualToIgnoringNewLines("No open dead letters.");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REPLAY", "ADOPT"})
    void aRowThatALaterLoadBringsIsSuperseded(LoadRequest.Kind kind) {
        String code = fixture.target().value("SELECT key->>'Code' FROM raw.etl_dead_letter WHERE key->>'Id' = '9'");
        List<RowKey> keys =
                kind == LoadRequest.Kind.REPAIR ? List.of(new RowKey(Map.of("Id", "9", "Code", code))) : List.of();
        fixture.source().execute("UPDATE visit SET Note = 'fixed', Edited = NOW() WHERE Id = 9");

        LoadResult load = fixture.loader().load(new LoadRequest("visit", kind, true, keys));

        assertThat(load.outcome()).as(load.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(entries()).contains("9|superseded|1").anyMatch(entry -> entry.startsWith("3|open"));
        assertThat(notes("9")).containsExactly("fixed");
    }

    @Test
    void manyEntriesAreReplayedInPortions() {
        fixture.set("LOADER_PAGE_ROWS", "500").set("LOADER_BATCH_ROWS", "300");
        fixture.source()
                .execute("INSERT INTO visit SELECT seq, 'x', IF(seq % 3, 'ok', CHAR(0)), NOW() FROM seq_101_to_7600");
        fixture.load("visit");
        assertThat(entries()).hasSize(2504);
        fixture.source()
                .execute("UPDATE visit SET Note = 'fixed' WHERE Note LIKE CONCAT('%', CHAR(0), '%') AND Id > 9");
        Loader loader = fixture.loader();
        DeadLetterTable deadLetters;
        try (Session session = Session.open(fixture.configuration())) {
            deadLetters = session.services().deadLetters();
            LoadResult replay = new Replays(deadLetters, loader::load)
                    .replay(new LoadRequest("visit", LoadRequest.Kind.REPLAY, true));

            assertThat(replay.outcome()).as(replay.toString()).isEqualTo(Outcome.SUCCESS);
            assertThat(replay.counts().pulled()).isEqualTo(2504);
            assertThat(replay.counts().inserted()).isEqualTo(2500);
            assertThat(replay.counts().deadLettered()).isEqualTo(4);
        }

        assertThat(
                        fixture.target()
                                .rows(
                                        "SELECT rows_processed FROM raw.etl_table_metrics WHERE load_type = 'replay' ORDER BY id"))
                .containsExactly("1000", "1000", "504");
        assertThat(fixture.target().rows("SELECT state, count(*) FROM raw.etl_dead_letter GROUP BY 1 ORDER BY 1"))
                .containsExactly("open|4", "replayed|2500");
    }

    /** More entries than a load holds in memory: 30,000 more keys that the source never had. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"DUE", "FULL"})
    void veryManyOpenEntriesAreClosedAsFewAre(LoadRequest.Kind kind) {
        fixture.target()
                .execute("INSERT INTO raw.etl_dead_letter (table_name, key, reason, message, load_id)"
                        + " SELECT 'visit', jsonb_build_object('Id', n::text, 'Code', 'x'), 'row data', 'x', 'x'"
                        + " FROM generate_series(1000, 30999) n");
        fixture.source().execute("UPDATE visit SET Note = 'fixed', Edited = NOW() WHERE Id IN (9, 13)");

        LoadResult load = fixture.load("visit", kind);

        assertThat(load.outcome()).as(load.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target()
                        .rows("SELECT key->>'Id', state FROM raw.etl_dead_letter WHERE load_id <> 'x'"
                                + " ORDER BY (key->>'Id')::int"))
                .containsExactly("3|open", "5|open", "9|superseded", "13|open");
        assertThat(fixture.target().rows("SELECT DISTINCT state FROM raw.etl_dead_letter WHERE load_id = 'x'"))
                .containsExactly(kind == LoadRequest.Kind.FULL ? "superseded" : "open");
    }

    @Test
    void aReplayDoesNotHideALoadThatFailed() {
        fixture.target()
                .execute(
                        "UPDATE raw.etl_load_status SET load_status = 'failed', error_class = 'schema', error = 'why'");

        assertThat(fixture.load("visit", LoadRequest.Kind.REPLAY).outcome()).isEqualTo(LoadResult.Outcome.SUCCESS);

        assertThat(fixture.status("visit", "load_status, error_class, error")).isEqualTo("failed|schema|why");
    }

    @Test
    void aReplayKeepsAnUnfinishedLoad() {
        fixture.target()
                .execute(
                        "CREATE FUNCTION raw.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                + " RAISE EXCEPTION 'x' USING ERRCODE = 'XX000'; END $$",
                        "CREATE TRIGGER fail BEFORE UPDATE ON raw.etl_load_status FOR EACH ROW WHEN (NEW.chunks = 2)"
                                + " EXECUTE FUNCTION raw.fail()");
        fixture.source().execute("UPDATE visit SET Note = 'fixed', Edited = NOW()");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.FAILED);
        fixture.target().execute("DROP TRIGGER fail ON raw.etl_load_status");
        String state = fixture.status("visit", STATE);
        assertThat(fixture.status("visit", "bookmark->>'chunks'")).isEqualTo("1");

        LoadResult replay = fixture.load("visit", LoadRequest.Kind.REPLAY);

        assertThat(replay.type()).contains(LoadType.REPLAY);
        assertThat(fixture.status("visit", STATE)).isEqualTo(state);

        LoadResult resumed = fixture.load("visit");

        assertThat(resumed.reason()).startsWith("resumed: ");
        assertThat(fixture.target().rows("SELECT \"Id\", \"Note\" FROM raw.visit ORDER BY 1"))
                .isEqualTo(fixture.source().rows("SELECT Id, Note FROM visit WHERE Id <> 13 ORDER BY 1"));
    }

    private List<String> entries() {
        return fixture.target()
                .rows("SELECT key->>'Id', state, attempts FROM raw.etl_dead_letter WHERE key IS NOT NULL"
                        + " ORDER BY (key->>'Id')::int");
    }

    private List<String> notes(String keys) {
        return fixture.target().rows("SELECT \"Note\" FROM raw.visit WHERE \"Id\" IN (" + keys + ") ORDER BY \"Id\"");
    }
}
