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
 * Builds all routes in a context that is thrown away: what does not work there never reaches the real one. None of its
 * routes starts.
 */
final class RouteCheck {
    private final CamelContext real;
    private final Map<String, Object> beans;

    /**
     * @param real where the routes are to run; its properties are used
     * @param beans what route files may name
     */
    RouteCheck(CamelContext real, Map<String, Object> beans) {
        this.real = real;
        this.beans = beans;
    }

    /**
     * @param files all that are to be in force together; of two with the same id the later one is to blame
     * @throws RouteProblem saying what is wrong: syntax, an unknown component or option, a bean that does not exist, an
     *     id that is taken, a route that others need and that is not there
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
