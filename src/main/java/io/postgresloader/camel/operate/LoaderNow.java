package io.postgresloader.camel.operate;

import io.postgresloader.camel.LoadQueue;
import io.postgresloader.camel.reload.Reloads;
import io.postgresloader.model.progress.RunningTable;
import io.postgresloader.model.progress.RunningWork;
import io.postgresloader.monitor.ThisLoader;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What this process does now, from memory. */
public final class LoaderNow implements Supplier<ThisLoader> {
    private final String version;
    private final int workers;
    private final RunningWork running;
    private final LoadQueue queue;
    private final Reloads reloads;

    public LoaderNow(String version, int workers, RunningWork running, LoadQueue queue, Reloads reloads) {
        this.version = version;
        this.workers = workers;
        this.running = running;
        this.queue = queue;
        this.reloads = reloads;
    }

    @Override
    public ThisLoader get() {
        return new ThisLoader(
                version,
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                workers,
                running.now().stream().map(LoaderNow::work).toList(),
                queue.waitingTables(),
                reloads.last().map(LoaderNow::reload),
                reloads.rejected().stream().map(LoaderNow::reload).toList());
    }

    private static ThisLoader.Work work(RunningTable table) {
        return new ThisLoader.Work(
                table.table(),
                table.kind().word(),
                table.phase().word(),
                table.started(),
                table.rowsDone(),
                table.rowsRead(),
                table.rowsExpected().isPresent()
                        ? Optional.of(table.rowsExpected().getAsLong())
                        : Optional.empty(),
                Optional.of(table.rowsPerSecond()).filter(rate -> rate > 0),
                table.estimatedEnd());
    }

    private static ThisLoader.ReloadRow reload(Reloads.Outcome outcome) {
        return new ThisLoader.ReloadRow(
                outcome.time(),
                outcome.file().toString(),
                outcome.line() > 0 ? Optional.of(outcome.line()) : Optional.empty(),
                outcome.result().name().toLowerCase(Locale.ROOT),
                outcome.reason());
    }
}
