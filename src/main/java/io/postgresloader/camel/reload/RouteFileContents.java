package io.postgresloader.camel.reload;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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

    /** What it is known by. */
    List<String> ids() {
        return Stream.of(routeIds(), templateIds(), configurationIds())
                .flatMap(List::stream)
                .toList();
    }

    /** A route that the file gives no id has none before it was built. */
    List<String> routeIds() {
        return routes.stream()
                .map(RouteDefinition::getRouteId)
                .filter(Objects::nonNull)
                .toList();
    }

    List<String> templateIds() {
        return templates.stream().map(RouteTemplateDefinition::getId).toList();
    }

    List<String> configurationIds() {
        return configurations.stream()
                .map(RouteConfigurationDefinition::getId)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether its routes are under one of these configurations: those are built into them. */
    boolean uses(List<String> configurationIds) {
        return routes.stream()
                .map(RouteDefinition::getRouteConfigurationId)
                .anyMatch(pattern -> pattern != null
                        && configurationIds.stream().anyMatch(id -> PatternHelper.matchPattern(id, pattern)));
    }
}
