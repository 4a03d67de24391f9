package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.MappedValues;
import io.postgresloader.testing.Sampled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only the row that the target cannot store becomes a dead letter, at any position and for any reason. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoisonRowsIT {
    /** Small enough that a table has several pages and a page several batches. */
    private static final int BATCH = 40;

    private static final int PAGE = 100;

    /** Is part of every poison value that can hold it, and may be in an entry only in its key. */
    private static final String SECRET = "SECRET-PATIENT";

    /** The value of a row that is in the target only. */
    private static final int TAKEN = 777;

    private static final List<Kind> KINDS = List.of(
            new Kind("nul_in_text", "varchar(40)", "CONCAT('ok', Id)", "CONCAT('" + SECRET + "', CHAR(0))")
                    .target("text", "'a'")
                    .deadLetter("22021", "V"),
            new Kind("month_zero", "date", "'2020-01-01'", "'2020-00-10'")
                    .target("date", "'2020-01-01'")
                    .deadLetter("22007", "V"),
            new Kind("too_long", "varchar(40)", "CONCAT('k', Id)", "'" + SECRET + "'")
                    .existing("varchar(5)", "'a'")
                    .deadLetter("22001", "V"),
            new Kind("check", "varchar(40)", "CONCAT('ok', Id)", "'" + SECRET + "'")
                    .existing("text CHECK (\"V\" NOT LIKE 'SECRET%')", "'a'")
                    .deadLetter("23514", "∅"),
            new Kind("foreign_key", "varchar(40)", "'known'", "'" + SECRET + "'")
                    .existing("text REFERENCES raw.parent (name)", "'known'")
                    .deadLetter("23503", "∅"),
            new Kind("unique_elsewhere", "int", "Id", String.valueOf(TAKEN))
                    .existing("int UNIQUE", String.valueOf(TAKEN))
                    .deadLetter("23505", "∅"),
            new Kind("out_of_range", "int", "Id", "1234567")
                    .existing("smallint", "1")
                    .deadLetter("22003", "V"),
            new Kind("null", "int", "Id", "NULL").existing("int NOT NULL", "1").deadLetter("23502", "V"),
            new Kind("zero_date_in_key", "date NOT NULL", "'2020-01-01'", "'0000-00-00'")
                    .key("Id, V", "0000-00-00")
                    .target("date", "'2020-01-01'")
                    .deadLetter("23502", "V"),
            new Kind("month_zero_in_key", "date NOT NULL", "'2020-01-01'", "'2020-00-10'")
                    .key("Id, V", "2020-00-10")
                    .target("date", "'2020-01-01'")
                    .deadLetter("22007", "V"),
            new Kind("nul_in_key", "varchar(40) NOT NULL", "'ok'", "CONCAT('x\\\\', CHAR(0))")
                    .key("Id, V", "x\\\\\\0")
                    .target("text", "'a'")
                    .deadLetter("22021", "V"));

    private static final List<Place> PLACES = List.of(
            new Place("first_of_batch", 250, List.of(41)),
            new Place("middle_of_batch", 250, List.of(60)),
            new Place("last_of_batch", 250, List.of(80)),
            new Place("several", 250, List.of(41, 43, 60, 61, 80)),
            new Place("whole_batch", 250, IntStream.rangeClosed(41, 80).boxed().toList()),
            new Place("last_of_table", 250, List.of(1, 250)),
            new Place("only_row", 1, List.of(1)));

    private final LoaderFixture fixture = new LoaderFixture();

    /** @param rows keys 1 to this */
    private record Place(String name, int rows, List<Integer> bad) {}

    /**
     * What is wrong with a row.
     *
     * @param sourceType of column V
     * @param good SQL of a value that the target takes
     * @param poison SQL of one that it cannot store
     * @param key the source's key
     * @param poisonKey the poison value as part of the key in an entry; empty where V is not part of it
     * @param targetType of column V, with its constraints
     * @param taken SQL of the value of the row that is in the target only
     * @param needsTarget whether only the constraints of an existing table reject the row
     * @param column the column named in the entry, ∅ where PostgreSQL names none
     */
    private record Kind(
            String name,
            String sourceType,
            String good,
            String poison,
            String key,
            String poisonKey,
            String targetType,
            String taken,
            boolean needsTarget,
            String sqlState,
            String column) {
        Kind(String name, String sourceType, String good, String poison) {
            this(name, sourceType, good, poison, "Id", "", "", "", false, "", "");
        }

        Kind key(String columns, String value) {
            return new Kind(
                    name, sourceType, good, poison, columns, value, targetType, taken, needsTarget, sqlState, column);
        }

        Kind target(String type, String value) {
            return new Kind(name, sourceType, good, poison, key, poisonKey, type, value, false, sqlState, column);
        }

        Kind existing(String type, String value) {
            return new Kind(name, sourceType, good, poison, key, poisonKey, type, value, true, sqlState, column);
        }

        Kind deadLetter(String state, String named) {
            return new Kind(
                    name, sourceType, good, poison, key, poisonKey, targetType, taken, needsTarget, state, named);
        }
    }

    /** How the batch is written: straight by COPY where the target has no later key, by way of the stage otherwise. */
    private enum Way {
        DIRECT(0),
        STAGE(1_000_000);

        private final int keyOfExistingRow;

        Way(int keyOfExistingRow) {
            this.keyOfExistingRow = keyOfExistingRow;
        }
    }

    private record Case(Kind kind, Place place, Way way) {
        String table() {
            return toString();
        }

        boolean targetExists() {
            return kind.needsTarget || way == Way.STAGE;
        }

        @Override
        public String toString() {
            return (way + "_" + kind.name + "_" + place.name).toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Case> cases() {
        return KINDS.stream().flatMap(kind -> PLACES.stream()
                .flatMap(place -> Stream.of(Way.values()).map(way -> new Case(kind, place, way))));
    }

    @BeforeAll
    void createTables() {
        fixture.set("LOADER_PAGE_ROWS", String.valueOf(PAGE)).set("LOADER_BATCH_ROWS", String.valueOf(BATCH));
        fixture.tables(cases().map(c -> c.table() + ": {max_dead_letter_fraction: 100%}\n")
                .collect(Collectors.joining()));
        List<String> source = new ArrayList<>();
        List<String> target = new ArrayList<>(List.of(
                "CREATE SCHEMA raw",
                "CREATE TABLE raw.parent (name text PRIMARY KEY)",
                "INSERT INTO raw.parent VALUES ('known')"));
        cases().forEach(c -> {
            source.add("CREATE TABLE " + c.table() + " (Id int NOT NULL, V " + c.kind.sourceType + ", PRIMARY KEY ("
                    + c.kind.key + ")) ENGINE=MyISAM");
            source.add("INSERT INTO " + c.table() + " SELECT Id, CASE WHEN Id IN (" + list(c.place.bad) + ") THEN "
                    + c.kind.poison + " ELSE " + c.kind.good + " END FROM (SELECT seq AS Id FROM seq_1_to_1000) s"
                    + " WHERE Id <= " + c.place.rows);
            if (c.targetExists()) {
                target.add("CREATE TABLE raw." + c.table() + " (\"Id\" int, \"V\" " + c.kind.targetType
                        + ", PRIMARY KEY (\"" + c.kind.key.replace(", ", "\", \"") + "\"))");
                target.add("INSERT INTO raw." + c.table() + " VALUES (" + c.way.keyOfExistingRow + ", " + c.kind.taken
                        + ")");
            }
        });
        fixture.source().execute(source.toArray(String[]::new));
        fixture.target().execute(target.toArray(String[]::new));
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 5)
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void onlyThatRowBecomesADeadLetter(Case c) {
        int bad = c.place.bad.size();

        LoadResult first = fixture.load(c.table(), LoadRequest.Kind.FULL);

        assertThat(first.outcome()).as(first.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(first.counts())
                .isEqualTo(new Counts(c.place.rows, c.place.rows - bad, 0, 0, bad, MappedValues.NONE));
        assertThat(loaded(c)).isEqualTo(good(c));
        assertThat(entries(c)).containsExactlyElementsOf(expected(c, 1));

        LoadResult second = fixture.load(c.table(), LoadRequest.Kind.FULL);

        assertThat(second.counts())
                .isEqualTo(new Counts(c.place.rows, 0, 0, c.place.rows - bad, bad, MappedValues.NONE));
        assertThat(loaded(c)).isEqualTo(good(c));
        assertThat(entries(c)).containsExactlyElementsOf(expected(c, 2));
    }

    private List<String> good(Case c) {
        return fixture.source()
                .rows("SELECT Id, V FROM " + c.table() + " WHERE Id NOT IN (" + list(c.place.bad) + ") ORDER BY Id");
    }

    private List<String> loaded(Case c) {
        return fixture.target()
                .rows("SELECT \"Id\", \"V\" FROM raw." + c.table() + " WHERE \"Id\" NOT IN (0, 1000000) ORDER BY 1");
    }

    private static List<String> expected(Case c, int attempts) {
        return c.place.bad.stream()
                .map(id -> id + "|" + (c.kind.poisonKey.isEmpty() ? "∅" : c.kind.poisonKey) + "|row data|"
                        + c.kind.sqlState + "|" + c.kind.column + "|" + attempts + "|open|f|t")
                .toList();
    }

    private List<String> entries(Case c) {
        return fixture.target()
                .rows("SELECT key->>'Id', key->>'V', reason, sqlstate, column_name, attempts, state,"
                        + " (to_jsonb(d) - '{id,key,load_id,first_seen,last_seen}'::text[])::text ~ '" + SECRET
                        + "|1234567|777|-00-',"
                        + " length(message) BETWEEN 10 AND 100"
                        + " FROM raw.etl_dead_letter d WHERE table_name = '" + c.table()
                        + "' ORDER BY (key->>'Id')::int");
    }

    private static String list(List<Integer> keys) {
        return keys.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
