package io.postgresloader.camel.reload;

import java.util.List;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.support.PatternHelper;

/** What a route file brought into a context. */
record RouteFileContents(
        RouteFile file,
        List<RouteDefinition> routes,
        List<RouteTemplateDefinition> templates,
        List<RouteConfigurationDefinition> configurations) {

    boolean isEmpty() {
        return routes.isEmpty() && templates.isEmpty() && configurations.isEmpty();
    }

    List<String> routeIds() {
        return routes.stream().map(RouteDefinition::getRouteId).toList();
    }

    List<String> templateIds() {
        return templates.stream().map(RouteTemplateDefinition::getId).toList();
    }

    List<String> configurationIds() {
        return configurations.stream().map(RouteConfigurationDefinition::getId).toList();
    }

    /** Whether its routes are under one of these configurations: those are built into them. */
    boolean uses(List<String> configurationIds) {
        return routes.stream()
                .map(RouteDefinition::getRouteConfigurationId)
                .anyMatch(pattern -> pattern != null
                        && configurationIds.stream().anyMatch(id -> PatternHelper.matchPattern(id, pattern)));
    }
}
