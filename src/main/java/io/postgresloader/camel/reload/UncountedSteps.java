package io.postgresloader.camel.reload;

import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.spi.ManagementInterceptStrategy;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Excludes the steps of route configurations from Camel's JMX statistics.
 *
 * <p>Camel keeps a counted step until the step's route is removed. A step of a configuration belongs to no route, so that
 * Camel would keep it, and every route it was copied into, for as long as the process runs.
 */
final class UncountedSteps extends LifecycleStrategySupport {
    @Override
    public void onRouteContextCreate(Route route) {
        ManagementInterceptStrategy counting = route.getManagementInterceptStrategy();
        if (counting != null) {
            route.setManagementInterceptStrategy(new Counting(counting));
        }
    }

    private record Counting(ManagementInterceptStrategy steps) implements ManagementInterceptStrategy {
        @Override
        public InstrumentationProcessor<?> createProcessor(NamedNode definition, Processor target) {
            return ProcessorDefinitionHelper.getRoute(definition) == null
                    ? steps.createProcessor(definition.getShortName())
                    : steps.createProcessor(definition, target);
        }

        @Override
        public InstrumentationProcessor<?> createProcessor(String type) {
            return steps.createProcessor(type);
        }
    }
}
