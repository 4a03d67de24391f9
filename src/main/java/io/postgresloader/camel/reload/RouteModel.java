package io.postgresloader.camel.reload;

import io.postgresloader.camel.TableTimers;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.LineNumberAware;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.support.PatternHelper;

/** The routes of all files, looked at together: what Camel would notice when a message comes, or not at all. */
final class RouteModel {
    /** Where the loader's own code sends messages to. */
    private static final Set<String> CALLED =
            Set.of("direct:load-table", "direct:reconcile-table", "direct:request-load", "direct:request-operation");

    private final Collection<RouteFileContents> files;

    /** @param files the later one of two that do not go together is to blame */
    RouteModel(Collection<RouteFileContents> files) {
        this.files = files;
    }

    /**
     * Looks for everything that can be told before a message comes.
     *
     * @param beans what route files may name
     */
    void require(Map<String, Object> beans) throws RouteProblem {
        requireOwnIds();
        requireReceivers();
        requireConfigurations(beans);
        requireMethods(beans);
    }

    /** @throws RouteProblem when two routes, or two templates, have the same id */
    private void requireOwnIds() throws RouteProblem {
        Map<String, String> owners = new HashMap<>();
        for (RouteFileContents contents : files) {
            List<String> ids = new ArrayList<>(contents.routeIds());
            ids.addAll(contents.templateIds());
            for (String id : ids) {
                String owner = owners.put(id, contents.file().name());
                if (owner != null) {
                    throw new RouteProblem(
                            contents.file().name(),
                            line(contents, id),
                            "duplicate id '" + id + "', which " + owner + " has; give the route an id of its own");
                }
            }
        }
    }

    /** @throws RouteProblem when messages are sent to a route of this process that does not exist */
    private void requireReceivers() throws RouteProblem {
        Set<String> receivers = new HashSet<>();
        allRoutes().forEach(route -> receivers.add(name(route.getInput().getEndpointUri())));
        for (RouteFileContents contents : files) {
            for (RouteDefinition route : routes(contents).toList()) {
                for (Destination to : destinations(route)) {
                    if (local(to.uri) && !receivers.contains(to.uri)) {
                        throw new RouteProblem(
                                contents.file().name(),
                                to.line,
                                "route '" + route.getRouteId() + "' sends to " + to.uri + ", which no route takes");
                    }
                }
            }
        }
        for (String called : CALLED.stream().sorted().toList()) {
            if (!receivers.contains(called)) {
                throw new RouteProblem("", 0, "no route takes " + called + ", which the loader needs");
            }
        }
        if (files.stream().noneMatch(contents -> contents.templateIds().contains(TableTimers.TEMPLATE))) {
            throw new RouteProblem(
                    "", 0, "there is no template '" + TableTimers.TEMPLATE + "', which the loader needs");
        }
    }

    /** @throws RouteProblem when a route names a configuration that does not exist, or one names such a bean */
    private void requireConfigurations(Map<String, Object> beans) throws RouteProblem {
        List<RouteConfigurationDefinition> configurations = files.stream()
                .flatMap(contents -> contents.configurations().stream())
                .toList();
        for (RouteFileContents contents : files) {
            for (RouteDefinition route : routes(contents).toList()) {
                String wanted = route.getRouteConfigurationId();
                if (wanted != null
                        && configurations.stream().noneMatch(c -> PatternHelper.matchPattern(c.getId(), wanted))) {
                    throw new RouteProblem(
                            contents.file().name(),
                            route.getLineNumber(),
                            "there is no routeConfiguration '" + wanted + "', which route '" + route.getRouteId()
                                    + "' is under");
                }
            }
            for (RouteConfigurationDefinition configuration : contents.configurations()) {
                for (OnExceptionDefinition handler : configuration.getOnExceptions()) {
                    requireBean(contents, handler, handler.getOnRedeliveryRef(), beans);
                    requireBean(contents, handler, handler.getOnExceptionOccurredRef(), beans);
                }
            }
        }
    }

    private static void requireBean(
            RouteFileContents contents, LineNumberAware where, String bean, Map<String, Object> beans)
            throws RouteProblem {
        if (bean != null && !beans.containsKey(bean)) {
            throw new RouteProblem(contents.file().name(), where.getLineNumber(), "there is no bean '" + bean + "'");
        }
    }

    /** @throws RouteProblem when a step calls a method that its bean does not have */
    private void requireMethods(Map<String, Object> beans) throws RouteProblem {
        for (RouteFileContents contents : files) {
            for (RouteDefinition route : routes(contents).toList()) {
                for (BeanDefinition step : steps(route, BeanDefinition.class)) {
                    Object bean = step.getRef() == null ? null : beans.get(step.getRef());
                    if (bean != null && step.getMethod() != null && !has(bean, step.getMethod())) {
                        throw new RouteProblem(
                                contents.file().name(),
                                step.getLineNumber(),
                                "bean '" + step.getRef() + "' has no method '" + step.getMethod() + "'");
                    }
                }
            }
        }
    }

    /** Whose file is to blame for an exception that building the routes ended with. */
    RouteProblem blame(Exception thrown) {
        Optional<String> id = RouteProblem.routeId(thrown);
        for (RouteFileContents contents : files) {
            if (id.filter(contents.routeIds()::contains).isPresent()) {
                return new RouteProblem(
                        contents.file().name(), line(contents, id.get(), thrown), RouteProblem.reason(thrown));
            }
        }
        return new RouteProblem("", 0, RouteProblem.reason(thrown));
    }

    /** The problem of a template of which no route could be made. */
    RouteProblem blameTemplate(String template, Exception thrown) {
        return files.stream()
                .filter(contents -> contents.templateIds().contains(template))
                .findFirst()
                .map(contents -> new RouteProblem(
                        contents.file().name(), line(contents, template, thrown), RouteProblem.reason(thrown)))
                .orElseGet(() -> new RouteProblem("", 0, RouteProblem.reason(thrown)));
    }

    private record Destination(String uri, int line) {}

    private static List<Destination> destinations(RouteDefinition route) {
        List<Destination> all = new ArrayList<>();
        steps(route, SendDefinition.class)
                .forEach(step -> all.add(new Destination(name(step.getEndpointUri()), step.getLineNumber())));
        // Wire taps as well.
        steps(route, ToDynamicDefinition.class)
                .forEach(step -> all.add(new Destination(name(step.getUri()), step.getLineNumber())));
        return all;
    }

    /** Only what is written out: an expression is known when a message comes. */
    private static boolean local(String uri) {
        return (uri.startsWith("direct:") || uri.startsWith("seda:")) && !uri.contains("${") && !uri.contains("{{");
    }

    /** The endpoint without its options: {@code seda:load-requests}. */
    private static String name(String uri) {
        return uri.replaceFirst("\\?.*", "").replaceFirst("^(\\w+)://", "$1:");
    }

    private static boolean has(Object bean, String method) {
        String name = method.replaceFirst("\\(.*", "").strip();
        return Stream.of(bean.getClass().getMethods()).map(Method::getName).anyMatch(name::equals);
    }

    private Stream<RouteDefinition> allRoutes() {
        return files.stream().flatMap(RouteModel::routes);
    }

    private static Stream<RouteDefinition> routes(RouteFileContents contents) {
        return Stream.concat(
                contents.routes().stream(), contents.templates().stream().map(RouteTemplateDefinition::getRoute));
    }

    private static <T> List<T> steps(RouteDefinition route, Class<T> type) {
        return new ArrayList<>(ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), type));
    }

    private static int line(RouteFileContents contents, String id) {
        return routes(contents)
                .filter(route -> id.equals(route.getRouteId()))
                .mapToInt(RouteDefinition::getLineNumber)
                .findFirst()
                .orElse(0);
    }

    /** The line of the step that failed if it can be told, otherwise of the route. */
    private static int line(RouteFileContents contents, String id, Exception thrown) {
        Optional<String> failed = RouteProblem.step(thrown);
        return routes(contents)
                .filter(route -> contents.templates().size() == 1 || id.equals(route.getRouteId()))
                .flatMap(route -> steps(route, LineNumberAware.class).stream())
                .filter(step -> failed.filter(step.toString()::equals).isPresent())
                .mapToInt(LineNumberAware::getLineNumber)
                .findFirst()
                .orElse(line(contents, id));
    }
}
