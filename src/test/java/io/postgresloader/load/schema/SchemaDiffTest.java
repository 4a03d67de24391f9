package io.postgresloader.load.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.load.LoadFixtures;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.SchemaVersion.LoadedColumn;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.StampOptions;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.target.ExistingTable;
import io.postgresloader.target.TargetColumn;
import io.postgresloader.target.TargetColumn.Writable;
import io.postgresloader.type.RowFormat;
import io.postgresloader.type.UnmappedTypeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a target table needs, by what both sides look like and looked like. */
class SchemaDiffTest {
    private static final String ALTER = "ALTER TABLE \"raw\".\"t\" ";

    /**
     * A table with the key {@code id}; each column is written {@code name type}.
     *
     * @param before what was loaded last, {@code name source/target}, with a {@code !} in front where the target's type
     *     is not ours; empty: nothing
     * @param target the columns of the target; empty: there is no table
     * @param dependents what depends on a column
     * @param deadLetters columns because of which rows are dead letters
     * @param expected statements, changes, back-fill and notes, one a line
     */
    private record Case(
            String name,
            List<String> source,
            List<String> before,
            List<String> target,
            List<String> dependents,
            List<String> deadLetters,
            List<String> expected) {
        Case(String name, List<String> source) {
            this(name, source, List.of(), List.of(), List.of(), List.of(), List.of());
        }

        Case before(String... columns) {
            return new Case(name, source, List.of(columns), target, dependents, deadLetters, expected);
        }

        Case target(String... columns) {
            return new Case(name, source, before, List.of(columns), dependents, deadLetters, expected);
        }

        Case dependents(String... names) {
            return new Case(name, source, before, target, List.of(names), deadLetters, expected);
        }

        Case deadLetters(String... columns) {
            return new Case(name, source, before, target, dependents, List.of(columns), expected);
        }

        Case expect(String... lines) {
            return new Case(name, source, before, target, dependents, deadLetters, List.of(lines));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("no table", List.of("id int(11)", "n text"))
                        .expect(
                                "run CREATE TABLE \"raw\".\"t\" (\"id\" integer, \"n\" text, PRIMARY KEY (\"id\"))"
                                        + " WITH (fillfactor = 90)",
                                "change table created",
                                "backfill table created"),
                new Case("nothing new", List.of("id int(11)", "n text"))
                        .before("id int(11)/integer", "n text/text")
                        .target("id integer", "n text"),
                new Case("the same types in other words", List.of("id int(11)", "n datetime"))
                        .before("id int(11)/integer", "n datetime/timestamp(0)")
                        .target("id integer", "n timestamp(0) without time zone"),
                new Case("an upgraded server", List.of("id int", "n year"))
                        .before("id int(11)/integer", "n year(4)/smallint")
                        .target("id integer", "n smallint"),
                new Case("a table of someone else", List.of("id int(11)", "n tinyint(1)"))
                        .target("id bigint", "n boolean")
                        .expect("change existing table adopted"),
                new Case("a new column", List.of("id int(11)", "n text"))
                        .before("id int(11)/integer")
                        .target("id integer")
                        .expect(
                                "run " + ALTER + "ADD COLUMN \"n\" text",
                                "change column n added as text",
                                "backfill column n added"),
                new Case("a column that comes back", List.of("id int(11)", "n text"))
                        .before("id int(11)/integer")
                        .target("id integer", "n text")
                        .expect(
                                "change column n is new in the source; the target has it as text",
                                "backfill column n is new"),
                new Case("a dropped column", List.of("id int(11)"))
                        .before("id int(11)/integer", "n text/text")
                        .target("id integer", "n text")
                        .expect("change column n was dropped in the source; it stays in the target,"
                                + " NULL in new rows"),
                new Case("a wider column", List.of("id int(11)", "n bigint(20)"))
                        .before("id int(11)/integer", "n int(11)/integer")
                        .target("id integer", "n integer")
                        .expect(
                                "run " + ALTER + "ALTER COLUMN \"n\" TYPE bigint USING \"n\"::bigint",
                                "change column n widened from integer to bigint",
                                "change column n changed in the source from int to bigint; it is bigint in the"
                                        + " target"),
                new Case("a wider column with dead letters", List.of("id int(11)", "n bigint(20)"))
                        .before("id int(11)/integer", "n bigint(20)/integer")
                        .target("id integer", "n integer")
                        .deadLetters("n")
                        .expect(
                                "run " + ALTER + "ALTER COLUMN \"n\" TYPE bigint USING \"n\"::bigint",
                                "change column n widened from integer to bigint",
                                "backfill column n widened"),
                new Case("a wider column that a trigger and a view read", List.of("id int(11)", "n bigint(20)"))
                        .before("id int(11)/integer", "n bigint(20)/integer")
                        .target("id integer", "n integer")
                        .dependents("trigger t", "view v")
                        .expect("note column n should become bigint, but trigger t, view v depend on it: rows that do"
                                + " not fit into integer become dead letters; drop trigger t, view v, run " + ALTER
                                + "ALTER COLUMN \"n\" TYPE bigint USING \"n\"::bigint; and create them again"),
                new Case("a wider column of the partition key", List.of("id int(11)", "n bigint(20)"))
                        .before("id int(11)/integer", "n bigint(20)/integer")
                        .target("id integer", "n integer")
                        .dependents("the partition key")
                        .expect("note column n should become bigint, but the partition key depends on it: rows that do"
                                + " not fit into integer become dead letters; create the table again with that type"),
                new Case("a wider column of someone else's type", List.of("id int(11)", "n bigint(20)"))
                        .before("id int(11)/integer", "!n int(11)/smallint")
                        .target("id integer", "n smallint")
                        .expect("change column n changed in the source from int to bigint; it is smallint in the"
                                + " target"),
                new Case("a narrower column", List.of("id int(11)", "n int(11)"))
                        .before("id int(11)/integer", "n bigint(20)/bigint")
                        .target("id integer", "n bigint")
                        .expect(
                                "change column n changed in the source from bigint to int; it is bigint in the"
                                        + " target",
                                "backfill type of column n changed"),
                new Case("a type that someone changed in the target", List.of("id int(11)", "n int(11)"))
                        .before("id int(11)/integer", "n int(11)/integer")
                        .target("id integer", "n bigint")
                        .expect("change types of the target or its key changed"),
                new Case("no unique index", List.of("id int(11)"))
                        .target("id integer", "-unique")
                        .expect(
                                "run CREATE UNIQUE INDEX ON \"raw\".\"t\" (\"id\")",
                                "change unique index on the key (id) created"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void eachDifferenceIsPlannedAndDescribed(Case c) {
        SchemaChange plan = plan(c);

        List<String> found = new ArrayList<>();
        plan.statements().forEach(statement -> found.add("run " + statement));
        plan.changes().forEach(change -> found.add("change " + change));
        plan.backfill().ifPresent(reason -> found.add("backfill " + reason));
        plan.notes().forEach(note -> found.add("note " + note));
        assertThat(found).isEqualTo(c.expected);
        boolean onlyNotes = c.expected.stream().allMatch(line -> line.startsWith("note"));
        assertThat(plan.alreadyApplied()).isEqualTo(onlyNotes);
        assertThat(plan.version().number()).isEqualTo(onlyNotes || c.before.isEmpty() ? 1 : 2);
    }

    @Test
    void aRecordedDifferenceIsNotPlannedAgain() {
        SchemaChange first =
                plan(new Case("", List.of("id int(11)", "n tinyint(1)")).target("id integer", "n boolean"));

        Case again = new Case("", List.of("id int(11)", "n tinyint(1)")).target("id integer", "n boolean");
        SchemaChange second = plan(again, Optional.of(first.version()));

        assertThat(second.alreadyApplied()).isTrue();
        assertThat(second.changes()).isEmpty();
        assertThat(second.version()).isEqualTo(first.version());
    }

    @Test
    void aTypeThatCannotHoldTheValuesFailsByName() {
        Case money = new Case("", List.of("id int(11)", "n text")).target("id integer", "n money");

        assertThatThrownBy(() -> plan(money))
                .isInstanceOf(UnmappedTypeException.class)
                .hasMessageStartingWith("column n has the type text, which the target type money cannot store");
    }

    /** The column n is loaded on Denver's wall clock if a zone is recorded. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // recorded name, type and zone; type and zone now; the reason for a back-fill
                "n, timestamp without time zone, America/Denver, timestamp without time zone, America/Denver, -",
                "N, timestamp without time zone, America/Denver, timestamp without time zone, America/Denver, -",
                "n, timestamp without time zone, -, timestamp without time zone, America/Denver, clock of n changed",
                "n, timestamp without time zone, -, timestamp(3) without time zone, America/Denver, clock of n changed",
                "N, timestamp without time zone, -, timestamp without time zone, America/Denver, clock of n changed",
                "n, timestamp without time zone, America/Denver, timestamp with time zone, -, time zone of n changed",
                "n, timestamp with time zone, -, timestamp without time zone, -, time zone of n changed",
                "n, timestamp with time zone, -, timestamp with time zone, -, -"
            })
    void anotherClockLoadsTheTableAgain(
            String name, String before, String zoneBefore, String type, String zone, String reason) {
        SourceTable source = LoadFixtures.source(List.of(LoadFixtures.key("id")), "id int", "n timestamp");
        RowFormat natural = RowFormat.of(source, ColumnOptions.DEFAULT)
                .onWallClocks(zone == null ? Map.of() : Map.of("n", ZoneId.of(zone)));
        SchemaVersion version = new SchemaVersion(
                1,
                LoadFixtures.key("id"),
                List.of(
                        new LoadedColumn("id", "int", "integer", true),
                        new LoadedColumn(name, "timestamp", before, false, Optional.ofNullable(zoneBefore))));

        SchemaChange plan = diff(source, natural, Optional.of(version), uses(List.of(), List.of()))
                .plan(existing(List.of("id integer", "n " + type)), types -> natural.to(types, ColumnOptions.DEFAULT));

        assertThat(plan.backfill()).isEqualTo(Optional.ofNullable(reason));
    }

    private static SchemaDiff diff(
            SourceTable source, RowFormat natural, Optional<SchemaVersion> before, SchemaDiff.ColumnUses uses) {
        return new SchemaDiff(
                source,
                LoadFixtures.key("id"),
                natural,
                before,
                uses,
                DeletePolicy.DELETE,
                StampOptions.OFF,
                new SchemaSql("raw", "t"));
    }

    private static SchemaDiff.ColumnUses uses(List<String> dependents, List<String> deadLetters) {
        return new SchemaDiff.ColumnUses() {
            @Override
            public List<String> dependentsOf(String column) {
                return dependents;
            }

            @Override
            public boolean deadLettersFor(String column) {
                return deadLetters.contains(column);
            }
        };
    }

    private static SchemaChange plan(Case c) {
        return plan(c, c.before.isEmpty() ? Optional.empty() : Optional.of(version(c.before)));
    }

    private static SchemaChange plan(Case c, Optional<SchemaVersion> before) {
        SourceTable source = LoadFixtures.source(List.of(LoadFixtures.key("id")), c.source.toArray(String[]::new));
        RowFormat natural = RowFormat.of(source, ColumnOptions.DEFAULT);
        return diff(source, natural, before, uses(c.dependents, c.deadLetters))
                .plan(existing(c.target), types -> natural.to(types, ColumnOptions.DEFAULT));
    }

    private static Optional<ExistingTable> existing(List<String> columns) {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        Map<String, TargetColumn> found = new LinkedHashMap<>();
        columns.stream()
                .filter(column -> !column.startsWith("-"))
                .map(column -> column.split(" ", 2))
                .forEach(parts -> found.put(parts[0], new TargetColumn(parts[0], parts[1], false, Writable.YES)));
        Set<Set<String>> unique = columns.contains("-unique") ? Set.of() : Set.of(Set.of("id"));
        return Optional.of(new ExistingTable(true, found, unique));
    }

    private static SchemaVersion version(List<String> columns) {
        return new SchemaVersion(
                1,
                LoadFixtures.key("id"),
                columns.stream().map(SchemaDiffTest::loaded).toList());
    }

    private static LoadedColumn loaded(String column) {
        boolean ours = !column.startsWith("!");
        String[] parts = column.replace("!", "").split("[ /]");
        return new LoadedColumn(parts[0], parts[1], String.join(" ", Arrays.copyOfRange(parts, 2, parts.length)), ours);
    }
}
