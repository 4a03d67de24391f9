package io.postgresloader.camel.operate;

import io.postgresloader.tracking.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * Health as JSON: {@code status}, and {@code checks} of a {@code name}, a {@code status} and, where there is anything to
 * say, a {@code message} and {@code data}.
 *
 * @param up whether all is well
 */
record HealthReport(boolean up, String json) {
    /** Camel would leave out whatever is up. */
    private static final String ALL = "full";

    /** Everything. */
    static HealthReport of(CamelContext context) {
        return of(HealthCheckHelper.invoke(context, ALL));
    }

    /** Whether the loader can do its work: both databases answer. */
    static HealthReport ready(CamelContext context) {
        return of(HealthCheckHelper.invokeReadiness(context, ALL));
    }

    /** Whether the process is more than a shell: it is as long as somebody answers. */
    static HealthReport live() {
        return of(List.of());
    }

    /** Whether all routes were started once. */
    static HealthReport started(CamelContext context) {
        return context.isStarted() ? of(List.of()) : new HealthReport(false, json("DOWN", List.of()));
    }

    private static HealthReport of(Collection<HealthCheck.Result> results) {
        List<Map<String, Object>> checks = results.stream()
                .filter(result -> result.getCheck().getGroup().equals(HealthCheckOf.GROUP))
                .map(HealthReport::check)
                .toList();
        boolean up = results.stream().noneMatch(result -> result.getState() == HealthCheck.State.DOWN);
        return new HealthReport(up, json(up ? "UP" : "DOWN", checks));
    }

    private static Map<String, Object> check(HealthCheck.Result result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", result.getCheck().getId());
        fields.put("status", result.getState().name());
        result.getMessage().ifPresent(message -> fields.put("message", message));
        Map<String, Object> data = new LinkedHashMap<>(result.getDetails());
        // Camel's own counts of how often it was asked.
        data.keySet().removeIf(HealthCheckHelper::isReservedKey);
        if (!data.isEmpty()) {
            fields.put("data", data);
        }
        return fields;
    }

    private static String json(String status, List<Map<String, Object>> checks) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", status);
        fields.put("checks", checks);
        return Json.pretty(fields);
    }
}
