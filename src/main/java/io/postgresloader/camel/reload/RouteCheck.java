package io.postgresloader.camel.reload;

import io.postgresloader.camel.TableTimers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Builds all routes in a trial context, which is discarded, before the running context is changed. Routes of the trial
 * context are not started.
 */
final class RouteCheck {
    private final CamelContext real;
    private final Map<String, Object> beans;

    /**
     * @param real the context in which the routes run; the trial context uses its properties
     * @param beans the beans that route files may name
     */
    RouteCheck(CamelContext real, Map<String, Object> beans) {
        this.real = real;
        this.beans = beans;
    }

    /**
     * @param files all files that run together; of two that conflict, the later one is reported
     * @throws RouteProblem for a syntax error, an unknown component, option, bean or method, an id or endpoint that is used
     *     twice, or a route that is missing though another one sends to it
     */
    void check(Collection<RouteFile> files) throws RouteProblem {
        Properties properties = real.getPropertiesComponent().loadProperties();
        DefaultCamelContext trial = new DefaultCamelContext();
        try {
            beans.forEach(trial.getRegistry()::bind);
            trial.disableJMX();
            trial.setAutoStartup(false);
            trial.setSourceLocationEnabled(true);
            trial.getPropertiesComponent().setInitialProperties(properties);
            Map<String, RouteFileContents> contents = new LinkedHashMap<>();
            new RouteLoading(trial).load(files, contents);
            RouteModel model = new RouteModel(contents.values());
            model.require(trial, beans);
            build(trial, model);
        } finally {
            trial.stop();
        }
    }

    private static void build(CamelContext trial, RouteModel model) throws RouteProblem {
        try {
            trial.start();
        } catch (Exception e) {
            throw model.blame(e);
        }
        try {
            TableTimers.add(trial, "some_table", Duration.ofMinutes(1), 1);
        } catch (Exception e) {
            throw model.blameTemplate(TableTimers.TEMPLATE, e);
        }
    }
}
