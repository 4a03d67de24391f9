package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.JarRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Functions and operators that another user creates in schema public do not run with the loader's rights, although their
 * signatures fit the loader's calls better than those of PostgreSQL's own.
 */
class TrapsIT {
    private static final Pattern CALL = Pattern.compile("\\b([a-z][a-z0-9_]+)\\s*\\(");
    private static final List<String> COMMANDS =
            List.of("init", "plan", "once", "verify --repair", "replay", "status", "once --full");

    /** A trap counts: a sequence keeps its value when the transaction of the call is rolled back. */
    private static final String TRAPS =
            """
            CREATE SEQUENCE public.sprung MINVALUE 0 START 0;
            SELECT nextval('public.sprung');
            CREATE FUNCTION pg_temp.trap(name text, arguments text, result text) RETURNS void LANGUAGE plpgsql AS $do$
            BEGIN
              EXECUTE format('CREATE OR REPLACE FUNCTION public.%%I(%%s) RETURNS %%s LANGUAGE plpgsql IMMUTABLE AS %%L',
                name, arguments, result, 'BEGIN PERFORM pg_catalog.nextval(''public.sprung''); RETURN NULL; END');
            END $do$;
            DO $do$
            DECLARE
              types text[] := ARRAY['text', 'varchar', 'name', 'integer', 'bigint', 'numeric', 'anyelement', 'regclass',
                'timestamptz', 'jsonb', 'tid', 'boolean'];
              called text;
              first text;
              second text;
              operator text;
            BEGIN
              FOREACH called IN ARRAY ARRAY[%s] LOOP
                PERFORM pg_temp.trap(called, '', 'text');
                FOREACH first IN ARRAY types LOOP
                  PERFORM pg_temp.trap(called, first, 'bigint');
                  FOREACH second IN ARRAY types[1:4] LOOP
                    PERFORM pg_temp.trap(called, first || ', ' || second, 'bigint');
                  END LOOP;
                END LOOP;
                PERFORM pg_temp.trap(called, 'text, text, integer', 'text');
                PERFORM pg_temp.trap(called, 'text, integer, integer', 'text');
              END LOOP;
              FOREACH first IN ARRAY types LOOP
                CONTINUE WHEN first = 'anyelement';
                FOREACH second IN ARRAY types LOOP
                  CONTINUE WHEN second = 'anyelement';
                  PERFORM pg_temp.trap('as_operator', first || ', ' || second, 'boolean');
                  FOREACH operator IN ARRAY ARRAY['=', '<>', '<', '<=', '>', '>=', '||', '->>', '->', '*<>', '+', '-', '*',
                      '/', '%%', '@>', '~', '~~', '&&'] LOOP
                    EXECUTE format('CREATE OPERATOR public.%%s (LEFTARG = %%s, RIGHTARG = %%s, FUNCTION = public.as_operator)',
                      operator, first, second);
                  END LOOP;
                END LOOP;
              END LOOP;
            END $do$
            """;

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTables() {
        fixture.source()
                .execute(
                        "CREATE TABLE t (Id bigint PRIMARY KEY, V varchar(200), Small int UNIQUE,"
                                + " Edited datetime NOT NULL DEFAULT '2020-01-01')",
                        "INSERT INTO t (Id, V, Small) SELECT seq, CONCAT('v', seq), seq FROM seq_1_to_300",
                        "CREATE TABLE code (a varchar(20), b int, V text, PRIMARY KEY (a, b))",
                        "INSERT INTO code SELECT CONCAT('k', seq), seq, 'x' FROM seq_1_to_300",
                        "CREATE TABLE keyless (V text)",
                        "INSERT INTO keyless VALUES ('a'), ('a'), ('b')");
        fixture.tables("t: {incremental_columns: [Edited]}\ncode:\nkeyless: {load: full}\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void noFunctionOfAnotherUserRuns() {
        fixture.target().execute(TRAPS.formatted(quoted(calledFunctions())));

        for (String command : COMMANDS) {
            JarRun run = JarRun.of(fixture.environment(), command.split(" "));
            assertThat(run.exitCode()).as(command + run).isZero();
        }
        changesAndRepairs();

        assertThat(safe().value("SELECT last_value FROM public.sprung")).isEqualTo("0");
    }

    private void changesAndRepairs() {
        fixture.load("t");
        fixture.target().execute("CREATE UNIQUE INDEX ON raw.t (\"Small\")");
        fixture.source()
                .execute(
                        "UPDATE t SET V = 'edited', Edited = NOW() WHERE Id <= 20",
                        "UPDATE t SET Small = -Small, Edited = NOW() WHERE Id IN (1, 2)",
                        "UPDATE t SET V = CHAR(0), Edited = NOW() WHERE Id = 30",
                        "UPDATE code SET V = 'edited' WHERE b < 9",
                        "DELETE FROM t WHERE Id = 40",
                        "DELETE FROM code WHERE b = 40",
                        "ALTER TABLE t ADD Another int");
        assertThat(fixture.load("t").outcome()).isEqualTo(Outcome.SUCCESS);
        for (String table : List.of("t", "code", "keyless")) {
            assertThat(fixture.repair(table).after().failure()).as(table).isEmpty();
            assertThat(fixture.load(table, LoadRequest.Kind.FULL).outcome()).isEqualTo(Outcome.SUCCESS);
        }
    }

    @Test
    void typesOfExtensionsInPublicWork() {
        fixture.target()
                .execute(
                        "CREATE EXTENSION citext SCHEMA public",
                        "CREATE SCHEMA raw",
                        "CREATE TYPE public.mood AS ENUM ('x', 'edited')",
                        "CREATE DOMAIN public.short AS varchar(300)",
                        "CREATE TABLE raw.code (a public.citext, b int, \"V\" public.mood, PRIMARY KEY (a, b))",
                        "CREATE TABLE raw.t (\"Id\" bigint PRIMARY KEY, \"V\" public.short, \"Small\" int,"
                                + " \"Edited\" timestamp)");
        for (String table : List.of("code", "t")) {
            assertThat(fixture.load(table).failure()).isEmpty();
        }
        fixture.source().execute("UPDATE code SET V = 'edited' WHERE b = 7", "DELETE FROM code WHERE b = 9");

        assertThat(fixture.load("code", LoadRequest.Kind.FULL).failure()).isEmpty();
        assertThat(fixture.repair("code").after().proven()).isTrue();
        assertThat(fixture.target().rows("SELECT b, \"V\" FROM raw.code WHERE b BETWEEN 7 AND 9 ORDER BY 1"))
                .containsExactly("7|edited", "8|x");
        assertThat(fixture.load("code", LoadRequest.Kind.FULL).counts().updated())
                .isZero();
    }

    /** Whatever the code, the migrations and the routes call, as far as PostgreSQL has a function of that name. */
    private Set<String> calledFunctions() {
        Set<String> names = Stream.of("src/main/java", "src/main/resources/db", "routes")
                .flatMap(TrapsIT::files)
                .flatMap(text -> CALL.matcher(text).results())
                .map((MatchResult call) -> call.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        names.retainAll(Set.copyOf(fixture.target()
                .rows("SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace")));
        assertThat(names).contains("hashtextextended", "to_regclass", "now", "count", "unnest");
        return names;
    }

    private static Stream<String> files(String directory) {
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            return files.filter(Files::isRegularFile).toList().stream().map(TrapsIT::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(Set<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    /** The test's own view, which does not step into the traps. */
    private Database safe() {
        return new Database(
                fixture.target().url() + "?currentSchema=pg_temp",
                fixture.target().user(),
                "");
    }
}
