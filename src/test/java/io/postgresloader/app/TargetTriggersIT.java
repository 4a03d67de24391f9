package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Canonical;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Triggers, rules, inheritance and partitions of a target table: no row is lost or doubled without a word. */
class TargetTriggersIT {
    private static final String TABLE =
            "CREATE TABLE raw.visit (\"Id\" integer PRIMARY KEY, \"Note\" text, \"Edited\" timestamp)";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void create() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL)",
                        "INSERT INTO visit SELECT seq, CONCAT('n', seq), '2020-02-02' FROM seq_1_to_300");
        fixture.tables("visit: {incremental_columns: [Edited], lookback: 1s, reconcile: off, skip_unchanged: false}");
        fixture.target().execute("CREATE SCHEMA raw");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"RETURN NULL;", "INSERT INTO raw.other VALUES (NEW.*); RETURN NULL;"})
    void aTriggerThatDropsRowsOfAFullLoadStopsTheTable(String instead) {
        fixture.target().execute(TABLE, "CREATE TABLE raw.other (LIKE raw.visit)");
        trigger("INSERT", instead);

        LoadResult stopped = fixture.load("visit");

        assertStopped(stopped, "300 rows were to be written, and PostgreSQL wrote 270");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isZero();

        fixture.target().execute("DROP TRIGGER odd ON raw.visit");
        fixture.load("visit");
        assertEqual();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"INSERT, 180", "UPDATE, 190"})
    void aTriggerThatDropsRowsOfAnIncrementStopsTheTable(String event, int written) {
        fixture.load("visit");
        trigger(event, "RETURN NULL;");
        fixture.source()
                .execute(
                        "INSERT INTO visit SELECT seq, 'new', NOW() FROM seq_301_to_400",
                        "UPDATE visit SET Note = 'x', Edited = NOW() WHERE Id <= 100");

        assertStopped(fixture.load("visit"), "200 rows were to be written, and PostgreSQL wrote " + written);

        fixture.target().execute("DROP TRIGGER odd ON raw.visit");
        fixture.load("visit");
        assertEqual();
    }

    @Test
    void aTriggerThatDropsRowsOfATableWithoutKeyStopsIt() {
        fixture.source().execute("CREATE TABLE note (A int, B int)", "INSERT INTO note VALUES (1, 1), (2, 2), (3, 3)");
        fixture.tables("note: {load: full}");
        fixture.target().execute("CREATE TABLE raw.note (\"A\" integer, \"B\" integer)");
        triggerOn("note", "INSERT", "IF NEW.\"A\" = 3 THEN RETURN NULL; END IF;");

        LoadResult stopped = fixture.load("note");

        assertThat(stopped.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stopped.failure().orElseThrow().message())
                .contains("3 rows were to be written, and PostgreSQL wrote 2", "odd (BEFORE INSERT)");
    }

    @Test
    void aTriggerThatChangesLoadedColumnsIsNamed() {
        fixture.target().execute(TABLE);
        trigger("INSERT OR UPDATE", "NEW.\"Note\" := 'other';");

        LoadResult first = fixture.load("visit");

        assertThat(first.outcome()).isEqualTo(Outcome.SUCCESS);
        String named = "triggers of table raw.visit change loaded columns (Note) or delete rows: odd (BEFORE"
                + " INSERT OR UPDATE); 30 rows of this load differ from the source, and each load or comparison that reads"
                + " them writes them again; let the trigger change other columns, or run ALTER TABLE"
                + " \"raw\".\"visit\" DISABLE TRIGGER \"odd\"";
        assertThat(fixture.status("visit", "notes")).isEqualTo(named);

        fixture.source().execute("UPDATE visit SET Edited = NOW() WHERE Id <= 100");
        fixture.load("visit");
        assertThat(fixture.status("visit", "notes")).contains("(Note) or delete rows: odd (BEFORE INSERT OR UPDATE)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ROW      |UPDATE raw.visit SET \"Note\" = 'other' WHERE \"Id\" = NEW.\"Id\"|Note",
                "ROW      |DELETE FROM raw.visit WHERE \"Id\" = NEW.\"Id\"                |Edited, Id, Note",
                "STATEMENT|UPDATE raw.visit SET \"Note\" = 'other' WHERE \"Id\" <= 50      |Note"
            })
    void aTriggerThatChangesRowsAfterwardsIsNamed(String level, String statement, String columns) {
        fixture.target()
                .execute(
                        TABLE,
                        "CREATE FUNCTION raw.odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                + " IF pg_trigger_depth() = 1 THEN " + statement + "; END IF; RETURN NULL; END $$",
                        "CREATE TRIGGER odd AFTER INSERT OR UPDATE ON raw.visit FOR EACH " + level
                                + " EXECUTE FUNCTION raw.odd()");

        fixture.load("visit");

        String named = "change loaded columns (" + columns + ") or delete rows: odd (AFTER INSERT OR UPDATE); ";
        assertThat(fixture.status("visit", "notes")).contains(named);
        fixture.source().execute("UPDATE visit SET Note = 'x', Edited = NOW() WHERE Id <= 50");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.status("visit", "notes")).contains(named, "rows of this load differ");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "trigger  |raw.odd()         |42P01|the table does not exist",
                "check    |valid             |42883|a table, column or right is not as expected",
                "domain   |valid             |42883|a table, column or right is not as expected",
                "generated|raw.derived(text) |42883|a table, column or right is not as expected"
            })
    void aFunctionThatFindsNoNameIsNamed(String use, String function, String state, String words) {
        fixture.target().execute(TABLE, "CREATE TABLE raw.log (a int)");
        withUnqualifiedNames(use);

        for (int load = 0; load < 2; load++) {
            LoadResult stopped = fixture.load("visit");
            assertThat(stopped.failure().orElseThrow().toString())
                    .isEqualTo("schema (SQLSTATE " + state + "): " + words + ", in function " + function
                            + " of the target: it runs with the loader's search_path, which is pg_catalog and pg_temp; write"
                            + " the schema before each name in it, or run: ALTER FUNCTION " + function
                            + " SET search_path = ...");
        }

        fixture.target()
                .execute("ALTER FUNCTION " + (function.startsWith("raw.") ? "" : "raw.") + function
                        + " SET search_path = raw, pg_temp");
        fixture.load("visit");
        assertEqual();
    }

    private void withUnqualifiedNames(String use) {
        String function = "CREATE FUNCTION raw.%s(x text) RETURNS %s LANGUAGE %s IMMUTABLE AS $$ %s $$";
        fixture.target()
                .execute(
                        "SET check_function_bodies = off",
                        function.formatted("helper", "text", "sql", "SELECT x"),
                        function.formatted("valid", "boolean", "sql", "SELECT pg_catalog.length(helper(x)) > 0"),
                        function.formatted("derived", "text", "plpgsql", "BEGIN RETURN helper(x); END"));
        switch (use) {
            case "trigger" -> triggerOn("visit", "INSERT", "INSERT INTO log VALUES (1);");
            case "check" -> fixture.target()
                    .execute("SET search_path = raw", "ALTER TABLE raw.visit ADD CHECK (raw.valid(\"Note\"))");
            case "domain" -> fixture.target()
                    .execute(
                            "SET search_path = raw",
                            "CREATE DOMAIN raw.noted AS text CHECK (raw.valid(value))",
                            "ALTER TABLE raw.visit ALTER \"Note\" TYPE raw.noted");
            default -> fixture.target()
                    .execute(
                            "ALTER TABLE raw.visit ADD derived text GENERATED ALWAYS AS (raw.derived(\"Note\")) STORED");
        }
    }

    @Test
    void aTriggerThatFillsAColumnOfItsOwnIsNotNamed() {
        fixture.target().execute(TABLE, "ALTER TABLE raw.visit ADD COLUMN mine text");
        trigger("INSERT OR UPDATE", "NEW.mine := 'x';");

        fixture.load("visit");
        assertThat(fixture.load("visit").counts().updated()).isZero();

        assertThat(fixture.status("visit", "load_status, notes")).isEqualTo("success|∅");
        assertEqual();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT DO ALSO INSERT INTO raw.other VALUES (NEW.*)|INSERT",
                "INSERT DO INSTEAD NOTHING|INSERT",
                "UPDATE DO ALSO INSERT INTO raw.other VALUES (NEW.*)|UPDATE",
                "DELETE DO INSTEAD NOTHING|DELETE"
            })
    void aRuleOnTheTableStopsItWithItsName(String rule, String event) {
        fixture.load("visit");
        fixture.target()
                .execute(
                        "CREATE TABLE raw.other (LIKE raw.visit)",
                        "CREATE RULE odd AS ON " + rule.replace(event + " DO", event + " TO raw.visit DO"));

        LoadResult stopped = fixture.load("visit");

        assertThat(stopped.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stopped.failure().orElseThrow().toString())
                .isEqualTo("schema: table raw.visit has the rule odd ON " + event + ", which PostgreSQL applies to some"
                        + " of the loader's statements and not to others; run: DROP RULE \"odd\" ON \"raw\".\"visit\"");

        fixture.target().execute("DROP RULE odd ON raw.visit");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aTableWithChildrenByInheritanceIsStoppedWithTheirNames() {
        fixture.load("visit");
        fixture.target().execute("CREATE TABLE raw.visit_2020 () INHERITS (raw.visit)");

        LoadResult stopped = fixture.load("visit");

        assertThat(stopped.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stopped.failure().orElseThrow().toString())
                .isEqualTo(
                        "schema: table raw.visit has the child table raw.visit_2020: PostgreSQL reads the child's rows"
                                + " as rows of raw.visit, but its key is not unique across both; run: ALTER TABLE"
                                + " raw.visit_2020 NO INHERIT \"raw\".\"visit\", or make raw.visit a partitioned table");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "PARTITION BY HASH (\"Id\")|FOR VALUES WITH (MODULUS 2, REMAINDER 0)"
                        + "|FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
                "PARTITION BY RANGE (\"Id\")|FOR VALUES FROM (0) TO (150)|FOR VALUES FROM (150) TO (9999)"
            })
    void aPartitionedTableIsLoadedByUpsert(String partitions) {
        String[] parts = partitions.split("\\|");
        fixture.target()
                .execute(
                        TABLE + " " + parts[0],
                        "CREATE TABLE raw.visit_1 PARTITION OF raw.visit " + parts[1],
                        "CREATE TABLE raw.visit_2 PARTITION OF raw.visit " + parts[2]);
        fixture.load("visit");
        fixture.source()
                .execute(
                        "INSERT INTO visit SELECT seq, 'new', NOW() FROM seq_301_to_400",
                        "UPDATE visit SET Note = 'x', Edited = NOW() WHERE Id <= 10");

        LoadResult increment = fixture.load("visit");

        assertThat(increment.type()).contains(LoadType.INCREMENTAL);
        assertThat(increment.counts().inserted()).isEqualTo(100);
        assertThat(increment.counts().updated()).isEqualTo(10);
        assertEqual();
    }

    @Test
    void aPartitionedTableThatCannotHaveTheKeyIsNamed() {
        fixture.target()
                .execute("CREATE TABLE raw.visit (\"Id\" integer, \"Note\" text, \"Edited\" timestamp)"
                        + " PARTITION BY RANGE (\"Edited\")");

        assertThat(fixture.load("visit").failure().orElseThrow().toString())
                .isEqualTo(
                        "schema: table raw.visit cannot have a unique index on its key (Id), without which rows cannot be"
                                + " upserted: a partitioned table must have its partition columns in the key");
    }

    @Test
    void aRowWithoutAPartitionBecomesADeadLetter() {
        fixture.target()
                .execute(
                        TABLE + " PARTITION BY RANGE (\"Id\")",
                        "CREATE TABLE raw.visit_1 PARTITION OF raw.visit FOR VALUES FROM (0) TO (300)");

        LoadResult first = fixture.load("visit");

        assertThat(first.counts().inserted()).isEqualTo(299);
        assertThat(fixture.target().rows("SELECT key, sqlstate FROM raw.etl_dead_letter"))
                .containsExactly("{\"Id\": \"300\"}|23514");
    }

    private void trigger(String event, String statement) {
        triggerOn("visit", event, "IF NEW.\"Id\" % 10 = 3 THEN " + statement + " END IF;");
    }

    private void triggerOn(String table, String event, String statement) {
        fixture.target()
                .execute(
                        "CREATE FUNCTION raw.odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + statement
                                + " RETURN NEW; END $$",
                        "CREATE TRIGGER odd BEFORE " + event + " ON raw." + table
                                + " FOR EACH ROW EXECUTE FUNCTION raw.odd()");
    }

    private void assertStopped(LoadResult stopped, String counts) {
        assertThat(stopped.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stopped.failure().orElseThrow().kind()).isEqualTo(FailureKind.SCHEMA);
        assertThat(stopped.failure().orElseThrow().message())
                .startsWith("table raw.visit: " + counts + ": triggers drop or redirect rows: odd (BEFORE ")
                .endsWith("; none of these rows is counted as loaded; run ALTER TABLE \"raw\".\"visit\" DISABLE TRIGGER"
                        + " \"odd\"");
    }

    private void assertEqual() {
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
    }
}
