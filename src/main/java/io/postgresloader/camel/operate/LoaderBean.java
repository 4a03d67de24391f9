package io.postgresloader.camel.operate;

import io.postgresloader.camel.LoadQueue;
import io.postgresloader.camel.PausedTables;
import io.postgresloader.camel.TableTimers;
import io.postgresloader.camel.reload.ReloadWatch;
import io.postgresloader.camel.reload.Reloads;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.sql.SqlFailures;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.ProducerTemplate;
import org.springframework.dao.DataAccessException;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;

/**
 * The MBean {@code io.postgresloader:type=Loader}: operations on the running loader. Operations that take time are queued;
 * the result is in the table's MBean, in {@code status} and in the log.
 */
@ManagedResource(description = "The running loader")
public final class LoaderBean {
    private static final String TABLE = "table";
    private static final String OF_THE_LIST = "A table of the list, spelled as there";

    private final TableTimers timers;
    private final PausedTables paused;
    private final LoadQueue queue;
    private final ProducerTemplate routes;
    private final Reloads reloads;
    private final Optional<ReloadWatch> watch;

    /** @param watch empty: reloading is switched off */
    public LoaderBean(
            TableTimers timers,
            PausedTables paused,
            LoadQueue queue,
            ProducerTemplate routes,
            Reloads reloads,
            Optional<ReloadWatch> watch) {
        this.timers = timers;
        this.paused = paused;
        this.queue = queue;
        this.routes = routes;
        this.reloads = reloads;
        this.watch = watch;
    }

    @ManagedAttribute(description = "The tables of the list")
    public List<String> getTables() {
        return timers.tables();
    }

    @ManagedAttribute(description = "Tables that are not loaded until they are resumed, also after a restart")
    public List<String> getPausedTables() {
        return paused.names().stream().sorted().toList();
    }

    @ManagedAttribute(description = "How many tables wait for a worker or are being loaded")
    public int getQueuedOrRunning() {
        return queue.size();
    }

    @ManagedAttribute(description = "Outcome of the last reload; empty: no file was saved since the start")
    public String getLastReload() {
        return reloads.last().map(Object::toString).orElse("");
    }

    @ManagedAttribute(description = "Files that cannot be used as they were saved, with line and reason")
    public List<String> getRejectedReloads() {
        return reloads.rejected().stream().map(Object::toString).toList();
    }

    @ManagedOperation(description = "Queues the next load of a table")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String load(String table) {
        return queue(LoadRequest.dueNow(table));
    }

    @ManagedOperation(description = "Queues a full load of a table")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String loadFull(String table) {
        return queue(LoadRequest.full(table));
    }

    @ManagedOperation(
            description = "Stops scheduled loads and comparisons of a table, and loads by once, until it is resumed")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String pause(String table) {
        store(paused::pause, known(table));
        return table + " is paused; a running load goes on to its end";
    }

    @ManagedOperation(description = "Ends the pause of a table")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String resume(String table) {
        store(paused::resume, known(table));
        return table + " is loaded on schedule again";
    }

    @ManagedOperation(
            description = "Compares a table with the source row by row and records the result; repairs nothing")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String verify(String table) {
        return ask(new OperatorRequest(OperatorRequest.Kind.VERIFY, known(table)));
    }

    @ManagedOperation(description = "Loads the rows of a table's open dead letters again")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String replay(String table) {
        return ask(new OperatorRequest(OperatorRequest.Kind.REPLAY, known(table)));
    }

    @ManagedOperation(description = "Reloads route files and the table list now")
    public String reload() throws Exception {
        if (watch.isEmpty()) {
            return "reloading is switched off by loader.reload";
        }
        watch.get().reloadNow();
        List<String> rejected = getRejectedReloads();
        return rejected.isEmpty() ? "all files match the running configuration" : String.join("; ", rejected);
    }

    private String queue(LoadRequest request) {
        String table = known(request.table());
        if (paused.contains(table)) {
            return table + " is paused; resume it first";
        }
        if (queue.contains(table)) {
            return table + " is already queued or running";
        }
        routes.sendBody("direct:request-load", request);
        return table + " is queued";
    }

    private String ask(OperatorRequest request) {
        routes.sendBody("direct:request-operation", request);
        return request.table() + " is queued; see its MBean or the log for the result";
    }

    /** A driver's text goes no further. */
    private static void store(Consumer<String> change, String table) {
        try {
            change.accept(table);
        } catch (DataAccessException e) {
            throw new IllegalStateException(table + ": nothing was changed: " + SqlFailures.of(e));
        }
    }

    private String known(String table) {
        if (!timers.tables().contains(table)) {
            throw new IllegalArgumentException("'" + table + "' is not in the table list");
        }
        return table;
    }
}
