package io.postgresloader.app;

import io.postgresloader.camel.LoadVariables;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.testing.Canary;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.spi.InterceptStrategy;

/**
 * Replaces what the steps of all routes do. Chosen steps, and all inside a {@code doCatch}, throw an exception whose text
 * is a canary; all others let the exchange pass. What is between the steps is Camel's, and real: a step that has steps of
 * its own, and a step that sends to another route.
 */
final class FailingSteps implements InterceptStrategy {
    private final Object stub;
    private final Map<String, List<String>> stepsByRoute = new ConcurrentSkipListMap<>();
    private final Set<String> inCatch = ConcurrentHashMap.newKeySet();
    private final Set<String> thrown = ConcurrentHashMap.newKeySet();
    private volatile Set<String> failing = Set.of();

    /** @param stub becomes the body and every variable, for the expressions of the routes */
    FailingSteps(Object stub) {
        this.stub = stub;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        RouteDefinition owner = ProcessorDefinitionHelper.getRoute(step);
        // A step of a route configuration belongs to no route.
        if (owner == null || !isLast((ProcessorDefinition<?>) step)) {
            return target;
        }
        String route = owner.getRouteId();
        String id = route + "/" + step.getId();
        if (ProcessorDefinitionHelper.isParentOfType(CatchDefinition.class, (ProcessorDefinition<?>) step, true)) {
            inCatch.add(id);
        } else {
            stepsByRoute
                    .computeIfAbsent(route, any -> new CopyOnWriteArrayList<>())
                    .add(id);
        }
        return exchange -> process(id, exchange);
    }

    /** Whether the step neither has steps of its own nor sends to another route. */
    private static boolean isLast(ProcessorDefinition<?> step) {
        boolean toRoute = step instanceof ToDefinition to && to.getUri().matches("(direct|seda):.*");
        return step.getOutputs().isEmpty() && !toRoute && !(step instanceof WireTapDefinition);
    }

    private void process(String id, Exchange exchange) throws SQLException {
        if (failing.contains(id) || inCatch.contains(id)) {
            thrown.add(id);
            throw new SQLException(Canary.TEXT, "08006");
        }
        fill(exchange);
    }

    /** Gives an exchange all that an expression may ask for. */
    void fill(Exchange exchange) {
        exchange.getMessage().setBody(stub);
        for (String variable : List.of(LoadVariables.POSITION, LoadVariables.PAGE, "record", "unchanged")) {
            exchange.setVariable(variable, stub);
        }
        exchange.setVariable(LoadVariables.REQUEST, LoadRequest.due("some_table"));
    }

    List<String> routes() {
        return List.copyOf(stepsByRoute.keySet());
    }

    List<String> steps(String route) {
        return List.copyOf(stepsByRoute.get(route));
    }

    /** From now on this step and all behind it in its route throw. */
    void failFrom(String route, String step) {
        List<String> steps = new ArrayList<>(stepsByRoute.get(route));
        fail(steps.subList(steps.indexOf(step), steps.size()));
    }

    /** From now on these steps throw, and no other. */
    void fail(List<String> steps) {
        failing = Set.copyOf(steps);
    }

    /** The steps that have thrown, as {@code route/step}. */
    Set<String> thrown() {
        return thrown;
    }
}
