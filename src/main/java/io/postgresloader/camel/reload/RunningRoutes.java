package io.postgresloader.camel.reload;

import io.postgresloader.camel.TableTimers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

/** The routes that run, by the file that defines them. */
public final class RunningRoutes {
    private final ModelCamelContext context;
    private final TableTimers timers;
    private final Map<String, RouteFileContents> contents = new LinkedHashMap<>();

    public RunningRoutes(ModelCamelContext context, TableTimers timers) {
        this.context = context;
        this.timers = timers;
    }

    /**
     * Loads the files for the first time.
     *
     * @param beans the beans that route files may name
     * @throws RouteProblem when a file cannot be used
     */
    public void begin(Collection<RouteFile> files, Map<String, Object> beans) throws RouteProblem {
        context.addLifecycleStrategy(new UncountedSteps());
        new RouteLoading(context).load(files, contents);
        new RouteModel(contents.values()).require(context, beans);
    }

    /** The files whose routes run, by name. */
    SortedMap<String, RouteFile> files() {
        SortedMap<String, RouteFile> files = new TreeMap<>();
        contents.forEach((name, loaded) -> files.put(name, loaded.file()));
        return files;
    }

    /** The problem, with its file, behind an exception that Camel threw while it started the routes. */
    public RouteProblem blame(Exception thrown) {
        return new RouteModel(contents.values()).blame(thrown);
    }

    /**
     * Replaces the routes of files that differ; other routes keep running. No load or comparison may be running.
     *
     * @throws Exception when the new files could not be started; the previous ones run again, unless they fail as well
     */
    void replace(SortedMap<String, RouteFile> wanted) throws Exception {
        SortedMap<String, RouteFile> before = files();
        try {
            change(wanted);
        } catch (Exception e) {
            change(before);
            throw e;
        }
    }

    private void change(SortedMap<String, RouteFile> wanted) throws Exception {
        List<RouteFileContents> outdated = outdated(wanted);
        List<RouteFile> added = new ArrayList<>();
        wanted.forEach((name, file) -> {
            if (!contents.containsKey(name) || outdated.contains(contents.get(name))) {
                added.add(file);
            }
        });
        boolean timersChange = outdated.stream().anyMatch(RunningRoutes::hasTimers);
        if (timersChange) {
            timers.removeAll();
        }
        for (RouteFileContents old : outdated) {
            remove(old);
        }
        new RouteLoading(context).load(added, contents);
        if (timersChange
                || added.stream().map(file -> contents.get(file.name())).anyMatch(RunningRoutes::hasTimers)) {
            timers.restore();
        }
    }

    /** Files that changed or were deleted, and files whose routes name a configuration of such a file. */
    private List<RouteFileContents> outdated(SortedMap<String, RouteFile> wanted) {
        List<RouteFileContents> changed = contents.values().stream()
                .filter(old -> !old.file().equals(wanted.get(old.file().name())))
                .toList();
        List<String> configurations = new ArrayList<>();
        changed.forEach(old -> configurations.addAll(old.configurationIds()));
        return contents.values().stream()
                .filter(old -> changed.contains(old) || old.uses(configurations))
                .toList();
    }

    private static boolean hasTimers(RouteFileContents contents) {
        return contents.templateIds().contains(TableTimers.TEMPLATE);
    }

    private void remove(RouteFileContents old) throws Exception {
        // First, so that a file whose routes cannot all be removed counts as missing.
        contents.remove(old.file().name());
        for (String id : old.routeIds()) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
        for (RouteTemplateDefinition template : old.templates()) {
            context.removeRouteTemplateDefinition(template);
        }
        for (RouteConfigurationDefinition configuration : old.configurations()) {
            context.removeRouteConfiguration(configuration);
        }
    }
}
