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

/** The routes in force, by the file that each came from. */
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
     * @param beans what they may name
     * @throws RouteProblem when one cannot be used
     */
    public void begin(Collection<RouteFile> files, Map<String, Object> beans) throws RouteProblem {
        context.addLifecycleStrategy(new UncountedSteps());
        new RouteLoading(context).load(files, contents);
        new RouteModel(contents.values()).require(context, beans);
    }

    /** What is in force, by name. */
    SortedMap<String, RouteFile> files() {
        SortedMap<String, RouteFile> files = new TreeMap<>();
        contents.forEach((name, loaded) -> files.put(name, loaded.file()));
        return files;
    }

    /** Whose exception it was that building all routes ended with. */
    public RouteProblem blame(Exception thrown) {
        return new RouteModel(contents.values()).blame(thrown);
    }

    /**
     * Replaces what differs: routes of other files run on. Nobody may be in a route for long meanwhile.
     *
     * @throws Exception when the new files could not be brought into force; then those before them are again, if that is
     *     possible at all
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
        List<RouteFile> anew = new ArrayList<>();
        wanted.forEach((name, file) -> {
            if (!contents.containsKey(name) || outdated.contains(contents.get(name))) {
                anew.add(file);
            }
        });
        boolean timersGo = outdated.stream().anyMatch(RunningRoutes::hasTimers);
        if (timersGo) {
            timers.removeAll();
        }
        for (RouteFileContents old : outdated) {
            remove(old);
        }
        new RouteLoading(context).load(anew, contents);
        if (timersGo || anew.stream().map(file -> contents.get(file.name())).anyMatch(RunningRoutes::hasTimers)) {
            timers.restore();
        }
    }

    /** Files that changed or are gone, and those into whose routes a configuration among them is built. */
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
        // First, so that what can be removed only in part counts as missing.
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
