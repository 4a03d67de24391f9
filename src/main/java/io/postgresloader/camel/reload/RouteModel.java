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
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
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
     * @param context where the routes are to be built
     * @param beans what route files may name
     */
    void require(ModelCamelContext context, Map<String, Object> beans) throws RouteProblem {
        requireOwnIds();
        requireOwnEndpoints();
        requireConfigurations(new HandlerCheck(context, beans));
        requireReceivers();
        requireMethods(beans);
    }

    /** @throws RouteProblem when two routes, templates or configurations have the same id, or a table's timer has it */
    private void requireOwnIds() throws RouteProblem {
        Map<String, String> owners = new HashMap<>();
        for (RouteFileContents contents : files) {
            for (String id : contents.ids()) {
                String owner = owners.put(id, contents.file().name());
                if (owner != null) {
                    throw problem(
                            contents,
                            line(contents, id),
                            "duplicate id '" + id + "', which " + owner + " has; give the route an id of its own");
                }
                if (TableTimers.keeps(id)) {
                    throw problem(
                            contents,
                            line(contents, id),
                            "the id '" + id + "' is kept for the timer of a table; give the route another");
                }
            }
        }
    }

    /** @throws RouteProblem when a route takes messages from nowhere, or from where another one takes them */
    private void requireOwnEndpoints() throws RouteProblem {
        Map<String, String> owners = new HashMap<>();
        for (RouteFileContents contents : files) {
            for (RouteDefinition route : routes(contents).toList()) {
                if (route.getInput() == null) {
                    throw problem(contents, route.getLineNumber(), "route '" + route.getRouteId() + "' has no 'from'");
                }
                String endpoint = input(route);
                String owner = local(endpoint) && !sharing(route)
                        ? owners.put(endpoint, contents.file().name())
                        : null;
                if (owner != null) {
                    throw problem(
                            contents,
                            route.getLineNumber(),
                            "takes messages from " + endpoint + ", as " + owner + " does; name an endpoint of its own");
                }
            }
        }
    }

    /** @throws RouteProblem when messages are sent to a route of this process that does not exist */
    private void requireReceivers() throws RouteProblem {
        Set<String> receivers = new HashSet<>();
        files.forEach(contents -> routes(contents).forEach(route -> receivers.add(input(route))));
        for (Sender sender : senders()) {
            for (Destination to : destinations(sender.steps)) {
                if (local(to.uri) && !receivers.contains(to.uri)) {
                    throw problem(
                            sender.contents,
                            to.line,
                            "'" + sender.id + "' sends to " + to.uri + ", which no route takes");
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

    /** @throws RouteProblem when a route names a configuration that does not exist, or one would not work */
    private void requireConfigurations(HandlerCheck check) throws RouteProblem {
        for (RouteFileContents contents : files) {
            for (RouteConfigurationDefinition configuration : contents.configurations()) {
                if (configuration.getId() == null) {
                    throw problem(
                            contents,
                            configuration.getLineNumber(),
                            "a routeConfiguration without an id; give it one, by which routes name it");
                }
                for (OnExceptionDefinition handler : configuration.getOnExceptions()) {
                    check.require(contents, handler);
                }
            }
        }
        List<String> ids = files.stream()
                .flatMap(contents -> contents.configurationIds().stream())
                .toList();
        for (RouteFileContents contents : files) {
            for (RouteDefinition route : routes(contents).toList()) {
                String wanted = route.getRouteConfigurationId();
                if (wanted != null && ids.stream().noneMatch(id -> PatternHelper.matchPattern(id, wanted))) {
                    throw problem(
                            contents,
                            route.getLineNumber(),
                            "there is no routeConfiguration '" + wanted + "', which route '" + route.getRouteId()
                                    + "' is under");
                }
            }
        }
    }

    /** @throws RouteProblem when a step calls a method that its bean does not have */
    private void requireMethods(Map<String, Object> beans) throws RouteProblem {
        for (Sender sender : senders()) {
            for (BeanDefinition step : steps(sender.steps, BeanDefinition.class)) {
                Object bean = step.getRef() == null ? null : beans.get(step.getRef());
                if (bean != null && step.getMethod() != null && !has(bean, step.getMethod())) {
                    throw problem(
                            sender.contents,
                            step.getLineNumber(),
                            "bean '" + step.getRef() + "' has no method '" + step.getMethod() + "'");
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

    private static RouteProblem problem(RouteFileContents contents, int line, String reason) {
        return new RouteProblem(contents.file().name(), line, reason);
    }

    private record Destination(String uri, int line) {}

    private static List<Destination> destinations(ProcessorDefinition<?> sender) {
        List<Destination> all = new ArrayList<>();
        steps(sender, SendDefinition.class)
                .forEach(step -> all.add(new Destination(name(step.getEndpointUri()), step.getLineNumber())));
        // Wire taps as well.
        steps(sender, ToDynamicDefinition.class)
                .forEach(step -> all.add(new Destination(name(step.getUri()), step.getLineNumber())));
        return all;
    }

    /** Only what is written out: an expression is known when a message comes. */
    private static boolean local(String uri) {
        return (uri.startsWith("direct:") || uri.startsWith("seda:")) && !uri.contains("${") && !uri.contains("{{");
    }

    /** The endpoint without its options: {@code seda:load-requests}. */
    private static String name(String uri) {
        return uri == null ? "" : uri.replaceFirst("\\?.*", "").replaceFirst("^(\\w+)://", "$1:");
    }

    private static boolean has(Object bean, String method) {
        String name = method.replaceFirst("\\(.*", "").strip();
        return Stream.of(bean.getClass().getMethods()).map(Method::getName).anyMatch(name::equals);
    }

    private static String input(RouteDefinition route) {
        return name(route.getInput().getEndpointUri());
    }

    private static boolean sharing(RouteDefinition route) {
        return route.getInput().getEndpointUri().contains("multipleConsumers=true");
    }

    /** Whatever has steps: a route, or what a configuration does when something happens. */
    private record Sender(RouteFileContents contents, ProcessorDefinition<?> steps, String id) {}

    /** Configurations come first: Camel puts their steps into the routes as well, which are not to blame for them. */
    private List<Sender> senders() {
        List<Sender> all = new ArrayList<>();
        for (RouteFileContents contents : files) {
            contents.configurations().stream()
                    .flatMap(configuration -> Stream.of(
                                    configuration.getOnExceptions(),
                                    configuration.getOnCompletions(),
                                    configuration.getIntercepts(),
                                    configuration.getInterceptFroms(),
                                    configuration.getInterceptSendTos())
                            .flatMap(List::stream))
                    .forEach(steps -> all.add(new Sender(contents, steps, steps.getId())));
        }
        for (RouteFileContents contents : files) {
            contents.routes().forEach(route -> all.add(new Sender(contents, route, route.getRouteId())));
            contents.templates()
                    .forEach(template -> all.add(new Sender(contents, template.getRoute(), template.getId())));
        }
        return all;
    }

    private static Stream<RouteDefinition> routes(RouteFileContents contents) {
        return Stream.concat(
                contents.routes().stream(), contents.templates().stream().map(RouteTemplateDefinition::getRoute));
    }

    private static <T> List<T> steps(ProcessorDefinition<?> parent, Class<T> type) {
        return new ArrayList<>(ProcessorDefinitionHelper.filterTypeInOutputs(parent.getOutputs(), type));
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
