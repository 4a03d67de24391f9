package io.postgresloader.camel.reload;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.support.PluginHelper;

/** Loads route files into a context one by one, and records the routes that each file defines. */
final class RouteLoading {
    private static final String NO_ROUTE = "the file holds no route";

    private final CamelContext context;

    RouteLoading(CamelContext context) {
        this.context = context;
    }

    /**
     * Loads these files; routes start at once if the context has started.
     *
     * @param contents receives what each file defines, by file name, even if the file was loaded only in part
     * @throws RouteProblem naming the file that cannot be loaded; other files may already be loaded
     */
    void load(Collection<RouteFile> files, Map<String, RouteFileContents> contents) throws RouteProblem {
        for (RouteFile file : files) {
            file.requireText();
            // Before all else: a file of an older version mostly lacks the routes that came later as well.
            OlderRoutes.require(file);
        }
        requireOneFilePerId(files);
        Map<RouteFile, RouteConfigurationBuilder> builders = new LinkedHashMap<>();
        for (RouteFile file : files) {
            builders.put(file, parse(file));
        }
        try {
            // Camel copies configurations into routes when the routes are added, so configurations come first.
            for (RouteFile file : files) {
                locate(file, () -> context.addRoutesConfigurations(builders.get(file)));
            }
            for (RouteFile file : files) {
                locate(file, () -> context.addRoutes(builders.get(file)));
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

    /** @throws RouteProblem when {@code x.yaml} and {@code x.camel.yaml} are both there: which one is meant? */
    private static void requireOneFilePerId(Collection<RouteFile> files) throws RouteProblem {
        Map<String, RouteFile> seen = new HashMap<>();
        for (RouteFile file : files) {
            RouteFile other = seen.put(file.id(), file);
            if (other != null) {
                throw new RouteProblem(
                        file.name(), 0, file.name() + " and " + other.name() + " are both there; delete one of them");
            }
        }
    }

    private RouteConfigurationBuilder parse(RouteFile file) throws RouteProblem {
        Collection<RoutesBuilder> found;
        try {
            found = PluginHelper.getRoutesLoader(context).findRoutesBuilders(file.resource());
        } catch (StackOverflowError e) {
            throw new RouteProblem(file.name(), 0, "the file is nested too deeply");
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

    private static void locate(RouteFile file, Step step) throws RouteProblem {
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
