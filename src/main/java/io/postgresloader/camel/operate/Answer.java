package io.postgresloader.camel.operate;

import io.postgresloader.tracking.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of the management server.
 *
 * @param status of HTTP
 * @param type the media type of the body
 * @param body not copied; neither side changes it
 * @param headers more headers; without {@code Cache-Control} the answer is not stored by clients
 */
public record Answer(int status, String type, byte[] body, Map<String, String> headers) {
    public static final String HTML = "text/html; charset=utf-8";

    static final String ETAG = "ETag";
    static final String CACHE_CONTROL = "Cache-Control";

    private static final String JSON = "application/json";

    /** A loader that starts, or a database that is silent, is not asked more often. */
    private static final String RETRY_SECONDS = "5";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** An answer that is text. */
    public Answer(int status, String type, String body) {
        this(status, type, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer of(HealthReport report) {
        return new Answer(report.up() ? 200 : 503, JSON, report.json());
    }

    /** @param fields by name; each value can be written as JSON */
    static Answer json(int status, Object fields) {
        return new Answer(status, JSON, Json.pretty(fields));
    }

    /** A problem, in words that hold nothing of the databases. */
    static Answer error(int status, String message) {
        return json(status, Map.of("error", message));
    }

    /** This answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, type, body, more);
    }

    /** This answer of what is not known yet: the client may ask again. */
    Answer later() {
        return with("Retry-After", RETRY_SECONDS);
    }

    /**
     * This answer, of which a client may keep a copy that it asks for each time.
     *
     * @param etag the same for the same content; the server answers 304 to a client that has it
     */
    public Answer tagged(String etag) {
        return with(ETAG, etag).with(CACHE_CONTROL, "no-cache");
    }
}
