package io.postgresloader.camel;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.SimpleRegistry;

/** Builds the routes of a file in a context that is thrown away: what does not work there never reaches the real one. */
final class RouteCheck {
    private final Map<String, Object> beans;

    /** @param beans what route files may name */
    RouteCheck(Map<String, Object> beans) {
        this.beans = beans;
    }

    /**
     * @param real where the routes are to run; its properties are used
     * @throws Exception saying what is wrong: syntax, an unknown component or option, a bean that does not exist
     */
    void check(CamelContext real, Resource file) throws Exception {
        SimpleRegistry registry = new SimpleRegistry();
        beans.forEach(registry::bind);
        Properties properties = real.getPropertiesComponent().loadProperties();
        try (DefaultCamelContext trial = new DefaultCamelContext(registry)) {
            trial.disableJMX();
            trial.setAutoStartup(false);
            trial.getPropertiesComponent().setInitialProperties(properties);
            PluginHelper.getRoutesLoader(trial).loadRoutes(file);
            trial.start();
        }
    }
}
