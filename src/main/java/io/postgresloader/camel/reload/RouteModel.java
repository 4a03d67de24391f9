package io.postgresloader.camel.reload;

import io.postgresloader.camel.TableTimers;
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

/** Checks the routes of all files together for problems that Camel finds only when a message arrives, or never. */
final class RouteModel {
    /** The endpoints to which the loader's code sends messages. */
    private static final Set<String> CALLED =
            Set.of("direct:load-table", "direct:reconcile-table", "direct:request-load", "direct:request-operation");

    private final Collection<RouteFileContents> files;

    /** @param files of two that conflict, the later one is reported */
    RouteModel(Collection<RouteFileContents> files) {
        this.files = files;
    }

    /**
     * Checks everything that can be checked before a message arrives.
     *
     * @param context where the routes are to be built
     * @param beans the beans that route files may name
     */
    void require(ModelCamelContext context, Map<String, Object> beans) throws RouteProblem {
        requireOwnIds();
        requireOwnEndpoints();
        requireConfigurations(new HandlerCheck(context, beans));
        requireReceivers();
        requireMethods(new MethodCheck(beans));
    }

    /** @throws RouteProblem when two routes, templates or configurations share an id, or the id is a table timer's */
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
                            "the id '" + id + "' is reserved for the timer of a table; choose another id");
                }
            }
        }
    }

    /** @throws RouteProblem when a route has no {@code from}, or consumes from an endpoint that another route consumes */
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
                            "consumes from " + endpoint + ", as " + owner
                                    + " does; give the route an endpoint of its own");
                }
            }
        }
    }

    /** @throws RouteProblem when a step sends to a {@code direct:} or {@code seda:} endpoint that no route consumes */
    private void requireReceivers() throws RouteProblem {
        Set<String> receivers = new HashSet<>();
        files.forEach(contents -> routes(contents).forEach(route -> receivers.add(input(route))));
        for (Sender sender : senders()) {
            for (Destination to : destinations(sender.steps)) {
                if (local(to.uri) && !receivers.contains(to.uri)) {
                    throw problem(
                            sender.contents,
                            to.line,
                            "'" + sender.id + "' sends to " + to.uri + ", which no route consumes");
                }
            }
        }
        for (String called : CALLED.stream().sorted().toList()) {
            if (!receivers.contains(called)) {
                throw new RouteProblem("", 0, "no route consumes from " + called + ", which the loader needs");
            }
        }
        if (files.stream().noneMatch(contents -> contents.templateIds().contains(TableTimers.TEMPLATE))) {
            throw new RouteProblem(
                    "", 0, "there is no template '" + TableTimers.TEMPLATE + "', which the loader needs");
        }
    }

    /** @throws RouteProblem when a route names a configuration that does not exist, or a configuration is invalid */
    private void requireConfigurations(HandlerCheck check) throws RouteProblem {
        for (RouteFileContents contents : files) {
            for (RouteConfigurationDefinition configuration : contents.configurations()) {
                if (configuration.getId() == null) {
                    throw problem(
                            contents,
                            configuration.getLineNumber(),
                            "a routeConfiguration has no id; give it the id by which routes name it");
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
                Optional<String> missing = RouteFileContents.wantedConfigurations(route)
                        .filter(wanted -> ids.stream().noneMatch(id -> PatternHelper.matchPattern(id, wanted)))
                        .findFirst();
                if (missing.isPresent()) {
                    throw problem(
                            contents,
                            route.getLineNumber(),
                            "there is no routeConfiguration '" + missing.get() + "', which route '" + route.getRouteId()
                                    + "' names; " + OlderRoutes.SEE);
                }
            }
        }
    }

    private void requireMethods(MethodCheck check) throws RouteProblem {
        for (Sender sender : senders()) {
            check.require(sender.contents.file().name(), sender.steps);
        }
    }

    /** The problem, with its file, behind an exception that Camel threw while it built the routes. */
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

    /** The problem of a template from which no route could be created. */
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
        // A wire tap is one of these.
        steps(sender, ToDynamicDefinition.class)
                .forEach(step -> all.add(new Destination(name(step.getUri()), step.getLineNumber())));
        return all;
    }

    /** Literal addresses only: an expression has a value only when a message arrives. */
    private static boolean local(String uri) {
        return (uri.startsWith("direct:") || uri.startsWith("seda:")) && !uri.contains("${") && !uri.contains("{{");
    }

    /** The endpoint without its options: {@code seda:load-requests}. */
    private static String name(String uri) {
        return uri == null ? "" : uri.replaceFirst("\\?.*", "").replaceFirst("^(\\w+)://", "$1:");
    }

    private static String input(RouteDefinition route) {
        return name(route.getInput().getEndpointUri());
    }

    private static boolean sharing(RouteDefinition route) {
        return route.getInput().getEndpointUri().contains("multipleConsumers=true");
    }

    /** A parent of steps: a route, a template's route, or a handler of a configuration. */
    private record Sender(RouteFileContents contents, ProcessorDefinition<?> steps, String id) {}

    /** Configurations come first: Camel copies their steps into routes, which would be reported otherwise. */
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

    /** The line of the step that failed if it is known, otherwise of the route. */
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
