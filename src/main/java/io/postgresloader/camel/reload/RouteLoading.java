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
    private static final String NO_ROUTE = "the file holds no route";

    private final CamelContext context;

    RouteLoading(CamelContext context) {
        this.context = context;
    }

    /**
     * Loads these files; routes start if the context has.
     *
     * @param contents is told what each file brought, by its name, also when it could not be loaded to its end
     * @throws RouteProblem naming the file that cannot be loaded; others may be loaded by then
     */
    void load(Collection<RouteFile> files, Map<String, RouteFileContents> contents) throws RouteProblem {
        Map<RouteFile, RouteConfigurationBuilder> builders = new LinkedHashMap<>();
        for (RouteFile file : files) {
            builders.put(file, parse(file));
        }
        try {
            // Configurations are built into routes when those are added, so all of them come first.
            for (RouteFile file : files) {
                tell(file, () -> context.addRoutesConfigurations(builders.get(file)));
            }
            for (RouteFile file : files) {
                tell(file, () -> context.addRoutes(builders.get(file)));
            }
        } finally {
            builders.forEach((file, builder) -> contents.put(file.name(), contents(file, builder)));
        }
        for (RouteFile file : files) {
            if (contents.get(file.name()).isEmpty()) {
                throw new RouteProblem(file.name(), 0, NO_ROUTE);
            }
        }
    }

    private RouteConfigurationBuilder parse(RouteFile file) throws RouteProblem {
        file.requireText();
        Collection<RoutesBuilder> found;
        try {
            found = PluginHelper.getRoutesLoader(context).findRoutesBuilders(file.resource());
        } catch (StackOverflowError e) {
            throw new RouteProblem(file.name(), 0, "it is nested too deeply");
        } catch (Exception e) {
            throw RouteProblem.of(file.name(), e);
        }
        return found.stream()
                .filter(RouteConfigurationBuilder.class::isInstance)
                .map(RouteConfigurationBuilder.class::cast)
                .findFirst()
                .orElseThrow(() -> new RouteProblem(file.name(), 0, NO_ROUTE));
    }

    private static RouteFileContents contents(RouteFile file, RouteConfigurationBuilder builder) {
        return new RouteFileContents(
                file,
                builder.getRouteCollection().getRoutes(),
                builder.getRouteTemplateCollection().getRouteTemplates(),
                builder.getRouteConfigurationCollection().getRouteConfigurations());
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
