package io.postgresloader.camel.reload;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.support.PatternHelper;

/** The routes, templates and configurations that a route file defines. */
record RouteFileContents(
        RouteFile file,
        List<RouteDefinition> routes,
        List<RouteTemplateDefinition> templates,
        List<RouteConfigurationDefinition> configurations) {

    boolean isEmpty() {
        return routes.isEmpty() && templates.isEmpty() && configurations.isEmpty();
    }

    /** The ids of all of them. */
    List<String> ids() {
        return Stream.of(routeIds(), templateIds(), configurationIds())
                .flatMap(List::stream)
                .toList();
    }

    /** A route without an id in the file has an id only after Camel has built the route. */
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

    /** Whether one of the routes names one of these configurations, which Camel copies into the route. */
    boolean uses(List<String> configurationIds) {
        return routes.stream()
                .flatMap(RouteFileContents::wantedConfigurations)
                .anyMatch(pattern -> configurationIds.stream().anyMatch(id -> PatternHelper.matchPattern(id, pattern)));
    }

    /** The configurations that a route names, in a list with commas. */
    static Stream<String> wantedConfigurations(RouteDefinition route) {
        return Stream.ofNullable(route.getRouteConfigurationId()).flatMap(ids -> Stream.of(ids.split(",")));
    }
}
