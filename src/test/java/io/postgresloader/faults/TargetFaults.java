package io.postgresloader.faults;

import io.postgresloader.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** What can happen to the target's server. */
final class TargetFaults {
    private static final String DISK =
            """
            CREATE TABLE IF NOT EXISTS public.disk (is_full boolean);
            GRANT SELECT ON public.disk TO PUBLIC;
            CREATE OR REPLACE FUNCTION public.disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF EXISTS (SELECT FROM public.disk WHERE is_full) THEN
                RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100';
              END IF;
              RETURN NEW;
            END $$;
            DO $$ DECLARE t text; BEGIN
              FOR t IN SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('raw') AND relkind = 'r'
                AND relname IN ('edited', 'booked', 'logged', 'legacy') LOOP
                EXECUTE format('CREATE OR REPLACE TRIGGER disk BEFORE INSERT OR UPDATE ON raw.%I FOR EACH ROW'
                  ' EXECUTE FUNCTION public.disk_full()', t);
              END LOOP;
            END $$;
            DELETE FROM public.disk;
            INSERT INTO public.disk VALUES (true);
            """;

    /** Whether or not it ever was. */
    static final String DISK_NOT_FULL =
            """
            DO $$ BEGIN
              IF to_regclass('public.disk') IS NOT NULL THEN
                UPDATE public.disk SET is_full = false;
              END IF;
            END $$""";

    private TargetFaults() {}

    static void terminateBackends(Arena arena, Random random) {
        arena.admin()
                .rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + arena.name() + "'");
    }

    /** A backend that is killed may have left shared memory in disorder: the server ends all others and recovers. */
    static void crash(Arena arena, Random random) {
        long backend = arena.admin()
                .count("SELECT coalesce((SELECT max(pid) FROM pg_stat_activity WHERE usename = '" + arena.name()
                        + "'), pg_backend_pid())");
        ProcessHandle.of(backend).ifPresent(ProcessHandle::destroyForcibly);
        Pause.millis(1500);
    }

    /** The server's own words for it; to fill a real one takes a file system of its own. */
    static void diskFull(Arena arena, Random random) {
        arena.target().execute(DISK);
        Pause.millis(800);
        arena.target().execute(DISK_NOT_FULL);
    }

    static void readOnly(Arena arena, Random random) {
        arena.admin().execute("ALTER DATABASE " + arena.name() + " SET default_transaction_read_only = on");
        terminateBackends(arena, random);
        Pause.millis(800);
        arena.admin().execute("ALTER DATABASE " + arena.name() + " RESET default_transaction_read_only");
        terminateBackends(arena, random);
    }

    /** Another program has taken the only connection that the loader's role may have. */
    static void tooManyConnections(Arena arena, Random random) throws SQLException {
        arena.admin().execute("ALTER ROLE " + arena.name() + " CONNECTION LIMIT 1");
        terminateBackends(arena, random);
        Database other = new Database(arena.target().url(), arena.name(), "");
        try (Connection taken = other.connect()) {
            Pause.millis(1200);
            taken.isValid(1);
        } finally {
            arena.admin().execute("ALTER ROLE " + arena.name() + " CONNECTION LIMIT -1");
        }
    }

    static void lock(Arena arena, Random random) throws SQLException {
        try (Connection connection = arena.target().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE raw." + anyTable(random) + " IN ACCESS EXCLUSIVE MODE");
            Pause.millis(1500);
            connection.rollback();
        }
    }

    /** It waits for the loader while the loader waits for it; the loader finds out first and has to give way. */
    static void deadlock(Arena arena, Random random) throws SQLException {
        String table = random.nextBoolean() ? "edited" : "legacy";
        try (Connection connection = arena.target().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL deadlock_timeout = '20s'; SET LOCAL lock_timeout = '3s'");
            statement.execute("SELECT FROM raw." + table + " WHERE \"Id\" = 8 FOR UPDATE");
            String waiting =
                    "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))";
            for (int i = 0; i < 100 && count(connection, waiting) == 0; i++) {
                Pause.millis(20);
            }
            statement.execute("SELECT FROM raw." + table + " WHERE \"Id\" BETWEEN 1 AND 7 FOR UPDATE");
            connection.rollback();
        }
    }

    private static long count(Connection connection, String sql) {
        return Long.parseLong(Database.rows(connection, sql).get(0));
    }

    private static String anyTable(Random random) {
        return StormTable.values()[random.nextInt(StormTable.values().length)].table();
    }
}
