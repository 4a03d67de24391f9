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
 * Health as JSON: {@code status}, and {@code checks}, each with a {@code name}, a {@code status} and, if there are any, a
 * {@code message} and {@code data}.
 *
 * @param up whether no check is down
 */
record HealthReport(boolean up, String json) {
    /** With any other value, Camel leaves out checks that are up. */
    private static final String ALL = "full";

    /** All checks. */
    static HealthReport of(CamelContext context) {
        return of(HealthCheckHelper.invoke(context, ALL));
    }

    /** Whether the loader can load: both databases answer. */
    static HealthReport ready(CamelContext context) {
        return of(HealthCheckHelper.invokeReadiness(context, ALL));
    }

    /** Always up: the process is alive if it answers. */
    static HealthReport live() {
        return of(List.of());
    }

    /** Whether all routes have been started. */
    static HealthReport started(CamelContext context) {
        return context.isStarted() ? of(List.of()) : new HealthReport(false, json("DOWN", List.of()));
    }

    /** Down because of one check, before there are others. */
    static HealthReport down(String check, String message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", check);
        fields.put("status", "DOWN");
        fields.put("message", message);
        return new HealthReport(false, json("DOWN", List.of(fields)));
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
        // Camel's own statistics of its checks.
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
