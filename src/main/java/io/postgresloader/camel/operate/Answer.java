package io.postgresloader.camel.operate;

import io.postgresloader.tracking.Json;

/**
 * An answer of the management server.
 *
 * @param status of HTTP
 * @param type the media type of the body
 */
record Answer(int status, String type, String body) {
    private static final String JSON = "application/json";

    static Answer of(HealthReport report) {
        return new Answer(report.up() ? 200 : 503, JSON, report.json());
    }

    /** @param fields by name; each value can be written as JSON */
    static Answer json(int status, Object fields) {
        return new Answer(status, JSON, Json.pretty(fields));
    }
}
