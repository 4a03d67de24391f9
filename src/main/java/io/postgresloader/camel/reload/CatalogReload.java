package io.postgresloader.camel.reload;

import io.postgresloader.camel.TableTimers;
import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.SourceCheck;
import io.postgresloader.model.TableOptions;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.Monitoring;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reloads the table list when it is saved: timers of added tables start, timers of removed tables stop, and changed
 * options apply from the table's next load.
 */
public final class CatalogReload implements Reload {
    private final LoadServices services;
    private final Supplier<Catalog> saved;
    private final Consumer<Catalog> use;
    private final TableTimers timers;
    private final Reloads reloads;
    private final Path file;

    /**
     * @param saved reads the list from its file
     * @param use makes a list the one that the loader uses
     */
    public CatalogReload(
            LoadServices services,
            Supplier<Catalog> saved,
            Consumer<Catalog> use,
            TableTimers timers,
            Reloads reloads) {
        this.services = services;
        this.saved = saved;
        this.use = use;
        this.timers = timers;
        this.reloads = reloads;
        this.file = services.settings().files().tables();
    }

    @Override
    public Object read() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file));
    }

    @Override
    public boolean reload() {
        Catalog before = services.catalog().get();
        try {
            Catalog found = saved.get();
            if (found.tables().equals(before.tables())) {
                reloads.unchanged(file);
                return true;
            }
            SourceCheck.requireAny(found, services.sourceSchema());
            services.loadStatus().createMissing(found.tables().keySet());
            new Monitoring(services.warehouse()).configured(found.reconciled());
            use.accept(found);
            timers.schedule(found.tables().values());
            reloads.applied(file, difference(before.tables(), found.tables()));
        } catch (ConfigurationException e) {
            ConfigurationProblem first = e.problems().get(0);
            reloads.rejected(file, first.line(), problems(e));
        } catch (Exception e) {
            reloads.rejected(file, 0, "it cannot be checked now: " + SqlFailures.of(e) + "; the loader tries again");
            return false;
        }
        return true;
    }

    @Override
    public void unreadable(IOException why) {
        reloads.rejected(file, 0, "the file cannot be read; give the user of this process the right to read it");
    }

    /** All problems, without the file name, which the message names already. */
    private static String problems(ConfigurationException thrown) {
        return thrown.problems().stream()
                .map(problem -> (problem.line() > 0 ? "line " + problem.line() + ": " : "") + problem.key() + ": "
                        + problem.found() + "; " + problem.allowed())
                .collect(Collectors.joining(" | "));
    }

    /** E.g. {@code added: fee; removed: claim; changed: patient}. */
    private static String difference(Map<String, TableOptions> before, Map<String, TableOptions> after) {
        Set<String> kept = new LinkedHashSet<>(after.keySet());
        kept.retainAll(before.keySet());
        List<String> parts = new ArrayList<>();
        part("added", after.keySet().stream().filter(table -> !before.containsKey(table)), parts);
        part("removed", before.keySet().stream().filter(table -> !after.containsKey(table)), parts);
        part("changed", kept.stream().filter(table -> !before.get(table).equals(after.get(table))), parts);
        return String.join("; ", parts);
    }

    private static void part(String word, Stream<String> tables, List<String> parts) {
        String names = tables.collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            parts.add(word + ": " + names);
        }
    }
}
