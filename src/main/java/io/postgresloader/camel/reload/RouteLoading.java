package io.postgresloader.camel.reload;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.support.PluginHelper;

/** Loads route files into a context, one by one, so that it is known what each of them brought. */
final class RouteLoading {
    private final CamelContext context;

    RouteLoading(CamelContext context) {
        this.context = context;
    }

    /**
     * Loads these files; routes start if the context has.
     *
     * @return by name of the file
     * @throws RouteProblem naming the file that cannot be loaded; others may be loaded by then
     */
    Map<String, RouteFileContents> load(Collection<RouteFile> files) throws RouteProblem {
        Map<RouteFile, RouteConfigurationBuilder> builders = new LinkedHashMap<>();
        for (RouteFile file : files) {
            builders.put(file, parse(file));
        }
        // Configurations are built into routes when those are added, so all of them come first.
        for (RouteFile file : files) {
            tell(file, () -> context.addRoutesConfigurations(builders.get(file)));
        }
        Map<String, RouteFileContents> contents = new LinkedHashMap<>();
        for (RouteFile file : files) {
            tell(file, () -> context.addRoutes(builders.get(file)));
            contents.put(file.name(), contents(file, builders.get(file)));
        }
        return contents;
    }

    private RouteConfigurationBuilder parse(RouteFile file) throws RouteProblem {
        Collection<RoutesBuilder> found;
        try {
            found = PluginHelper.getRoutesLoader(context).findRoutesBuilders(file.resource());
        } catch (Exception e) {
            throw RouteProblem.of(file.name(), e);
        }
        return found.stream()
                .filter(RouteConfigurationBuilder.class::isInstance)
                .map(RouteConfigurationBuilder.class::cast)
                .findFirst()
                .orElseThrow(() -> new RouteProblem(file.name(), 0, "the file holds no route"));
    }

    private static RouteFileContents contents(RouteFile file, RouteConfigurationBuilder builder) throws RouteProblem {
        RouteFileContents contents = new RouteFileContents(
                file,
                builder.getRouteCollection().getRoutes(),
                builder.getRouteTemplateCollection().getRouteTemplates(),
                builder.getRouteConfigurationCollection().getRouteConfigurations());
        if (contents.isEmpty()) {
            throw new RouteProblem(file.name(), 0, "the file holds no route");
        }
        return contents;
    }

    private static void tell(RouteFile file, Step step) throws RouteProblem {
        try {
            step.run();
        } catch (Exception e) {
            throw RouteProblem.of(file.name(), e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
