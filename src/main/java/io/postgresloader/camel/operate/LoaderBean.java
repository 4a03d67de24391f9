package io.postgresloader.camel.operate;

import io.postgresloader.camel.LoadQueue;
import io.postgresloader.camel.TableTimers;
import io.postgresloader.camel.reload.ReloadWatch;
import io.postgresloader.camel.reload.Reloads;
import io.postgresloader.model.LoadRequest;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;

/**
 * The MBean {@code io.postgresloader:type=Loader}: what an operator may do while the loader runs. Operations that take a
 * while only ask for it and say so; what came of it is in the table's MBean, in {@code status} and in the log.
 */
@ManagedResource(description = "The running loader")
public final class LoaderBean {
    private static final String TABLE = "table";
    private static final String OF_THE_LIST = "A table of the list, spelled as there";

    private final TableTimers timers;
    private final LoadQueue queue;
    private final ProducerTemplate routes;
    private final Reloads reloads;
    private final Optional<ReloadWatch> watch;

    /** @param watch empty: nothing is reloaded while the loader runs */
    public LoaderBean(
            TableTimers timers,
            LoadQueue queue,
            ProducerTemplate routes,
            Reloads reloads,
            Optional<ReloadWatch> watch) {
        this.timers = timers;
        this.queue = queue;
        this.routes = routes;
        this.reloads = reloads;
        this.watch = watch;
    }

    @ManagedAttribute(description = "The tables of the list")
    public List<String> getTables() {
        return timers.tables();
    }

    @ManagedAttribute(description = "Tables whose timer is paused, until they are resumed or the loader starts again")
    public List<String> getPausedTables() {
        return timers.paused().stream().sorted().toList();
    }

    @ManagedAttribute(description = "How many tables wait for a worker or are being loaded")
    public int getQueuedOrRunning() {
        return queue.size();
    }

    @ManagedAttribute(description = "What came of the last file that was saved; empty: none was")
    public String getLastReload() {
        return reloads.last().map(Object::toString).orElse("");
    }

    @ManagedAttribute(description = "Files that are not used as they are, with line and reason")
    public List<String> getRejectedReloads() {
        return reloads.rejected().stream().map(Object::toString).toList();
    }

    @ManagedOperation(description = "Queues a load of what is due of a table")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String load(String table) {
        return queue(LoadRequest.dueNow(table));
    }

    @ManagedOperation(description = "Queues a load of the whole table, whatever its watermarks say")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String loadFull(String table) {
        return queue(LoadRequest.full(table));
    }

    @ManagedOperation(description = "Keeps a table from being loaded and compared, until resumed or the next start")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String pause(String table) throws Exception {
        timers.pause(known(table));
        return table + " is paused; a load that runs goes on to its end";
    }

    @ManagedOperation(description = "Ends the pause of a table")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String resume(String table) throws Exception {
        timers.resume(known(table));
        return table + " is loaded on schedule again";
    }

    @ManagedOperation(
            description = "Compares a table with the source row by row; its result is recorded, nothing is mended")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String verify(String table) {
        return ask(new OperatorRequest(OperatorRequest.Kind.VERIFY, known(table)));
    }

    @ManagedOperation(description = "Reads the rows behind a table's open dead letters from the source again")
    @ManagedOperationParameter(name = TABLE, description = OF_THE_LIST)
    public String replay(String table) {
        return ask(new OperatorRequest(OperatorRequest.Kind.REPLAY, known(table)));
    }

    @ManagedOperation(description = "Brings route files and the table list into force now, instead of in a moment")
    public String reload() throws Exception {
        if (watch.isEmpty()) {
            return "switched off by loader.reload";
        }
        watch.get().reloadNow();
        List<String> rejected = getRejectedReloads();
        return rejected.isEmpty() ? "everything is in force as it was saved" : String.join("; ", rejected);
    }

    private String queue(LoadRequest request) {
        String table = known(request.table());
        if (!timers.wants(table)) {
            return table + " is paused; resume it first";
        }
        if (queue.contains(table)) {
            return table + " is queued or running already";
        }
        routes.sendBody("direct:request-load", request);
        return table + " is queued";
    }

    private String ask(OperatorRequest request) {
        routes.sendBody("direct:request-operation", request);
        return request.table() + " is queued; see its MBean or the log for what comes of it";
    }

    private String known(String table) {
        if (!timers.tables().contains(table)) {
            throw new IllegalArgumentException("'" + table + "' is not in the table list");
        }
        return table;
    }
}
