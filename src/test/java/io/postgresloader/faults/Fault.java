package io.postgresloader.faults;

import io.postgresloader.faults.Setup.Mode;
import java.util.Random;

/** What goes wrong while writers write and loads load. */
enum Fault {
    /** SIGKILL when rows are about to be committed for the first time. */
    HALT_BEFORE_FIRST_CHUNK(Setup.of(Mode.ONCE), (arena, random) -> ProcessFaults.halt(arena, Boundary.CHUNK, true, 1)),
    /** SIGKILL when rows have been committed for the first time. */
    HALT_AFTER_FIRST_CHUNK(Setup.of(Mode.ONCE), (arena, random) -> ProcessFaults.halt(arena, Boundary.CHUNK, false, 1)),
    HALT_BEFORE_LATER_CHUNK(
            Setup.of(Mode.ONCE),
            (arena, random) -> ProcessFaults.halt(arena, Boundary.CHUNK, true, 2 + random.nextInt(3))),
    HALT_AFTER_LATER_CHUNK(
            Setup.of(Mode.ONCE),
            (arena, random) -> ProcessFaults.halt(arena, Boundary.CHUNK, false, 2 + random.nextInt(3))),
    /** SIGKILL when a chunk with dead letters is about to be committed. */
    HALT_BEFORE_DEAD_LETTER(
            Setup.of(Mode.ONCE), (arena, random) -> ProcessFaults.halt(arena, Boundary.DEAD_LETTER, true, 1)),
    HALT_AFTER_DEAD_LETTER(
            Setup.of(Mode.ONCE), (arena, random) -> ProcessFaults.halt(arena, Boundary.DEAD_LETTER, false, 1)),
    /** SIGKILL when the watermarks are about to move. */
    HALT_BEFORE_FINISH(
            Setup.of(Mode.ONCE),
            (arena, random) -> ProcessFaults.halt(arena, Boundary.FINISH, true, 1 + random.nextInt(3))),
    HALT_AFTER_FINISH(
            Setup.of(Mode.ONCE),
            (arena, random) -> ProcessFaults.halt(arena, Boundary.FINISH, false, 1 + random.nextInt(3))),

    SOURCE_CONNECTION_KILLED(Setup.of(Mode.IN_PROCESS), SourceFaults::killConnections),
    SOURCE_RESTARTED(Setup.of(Mode.IN_PROCESS), SourceFaults::restart),
    /** What is sent gets lost; only a time-out shows it. */
    SOURCE_HALF_OPEN(
            Setup.of(Mode.IN_PROCESS).with("LOADER_NETWORK_TIMEOUT", "1"),
            (arena, random) -> NetworkFaults.lose(arena.toSource())),
    SOURCE_SLOW(Setup.of(Mode.IN_PROCESS), (arena, random) -> NetworkFaults.slow(arena.toSource())),
    SOURCE_TOO_MANY_CONNECTIONS(Setup.of(Mode.IN_PROCESS), SourceFaults::tooManyConnections),
    SOURCE_LOCKED(Setup.of(Mode.IN_PROCESS), SourceFaults::lock),
    /** Columns are added while rows are loaded. */
    SOURCE_DDL(Setup.of(Mode.IN_PROCESS), SourceFaults::addColumn),
    /** The clock by which rows are edited is five seconds behind the server's: a longer lookback covers that. */
    CLOCK_BEHIND(Setup.of(Mode.IN_PROCESS).withWritersBehind(5, "10s"), (arena, random) -> {}),

    TARGET_BACKEND_TERMINATED(Setup.of(Mode.IN_PROCESS), TargetFaults::terminateBackends),
    /** All of the server's processes end at once, and it recovers from its log. */
    TARGET_RESTARTED_AT_ONCE(Setup.of(Mode.IN_PROCESS), TargetFaults::crash),
    /** The COMMIT is done and the answer lost: the loader cannot know. */
    TARGET_CUT_AT_COMMIT(Setup.of(Mode.IN_PROCESS), NetworkFaults::cutAtCommit),
    TARGET_HALF_OPEN(
            Setup.of(Mode.IN_PROCESS).with("LOADER_NETWORK_TIMEOUT", "1"),
            (arena, random) -> NetworkFaults.lose(arena.toTarget())),
    TARGET_DISK_FULL(Setup.of(Mode.IN_PROCESS), TargetFaults::diskFull),
    TARGET_READ_ONLY(Setup.of(Mode.IN_PROCESS), TargetFaults::readOnly),
    TARGET_TOO_MANY_CONNECTIONS(Setup.of(Mode.IN_PROCESS), TargetFaults::tooManyConnections),
    TARGET_LOCKED(Setup.of(Mode.IN_PROCESS), TargetFaults::lock),
    TARGET_DEADLOCK(Setup.of(Mode.IN_PROCESS), TargetFaults::deadlock),

    TWO_INSTANCES(Setup.of(Mode.BOTH), (arena, random) -> {}),
    /** Each load takes longer than the time between two. */
    SCHEDULES_OVERLAP(
            Setup.of(Mode.RUN).with("LOADER_WORKERS", "4"), (arena, random) -> NetworkFaults.slow(arena.toTarget())),
    SIGTERM(Setup.of(Mode.ONCE), ProcessFaults::terminate),
    ROUTE_RELOADED(Setup.of(Mode.RUN), ProcessFaults::editRoute),
    SMALL_HEAP_WIDE_ROWS(
            Setup.of(Mode.ONCE)
                    .withWideRows("-Xmx64m")
                    .with("LOADER_PAGE_BYTES", "1MiB")
                    .with("LOADER_WORKERS", "1"),
            SourceFaults::editWideRows);

    /** Strikes once; its effect on the servers is over when it returns, or ended by {@link Arena#restore}. */
    interface Strike {
        void at(Arena arena, Random random) throws Exception;
    }

    private final Setup setup;
    private final Strike strike;

    Fault(Setup setup, Strike strike) {
        this.setup = setup;
        this.strike = strike;
    }

    Setup setup() {
        return setup;
    }

    Strike strike() {
        return strike;
    }
}
