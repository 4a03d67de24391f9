package io.postgresloader.monitor;

import io.postgresloader.tracking.FreshnessReport.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The times up to which tables are said to be loaded or complete that the source's clock has not reached: it went back
 * since, as it may on another server. They say nothing of what was committed by the clock's present time.
 */
public final class ClaimsAhead {
    /** The source's clock may have whole seconds, and loads go on while it is read. */
    private static final Duration DOUBT = Duration.ofSeconds(3);

    private final Map<String, Set<Instant>> ahead;

    private ClaimsAhead(Map<String, Set<Instant>> ahead) {
        this.ahead = ahead;
    }

    /**
     * @param lines what is claimed now, by table
     * @param clock of the source, read before
     */
    public static ClaimsAhead of(Map<String, Line> lines, Instant clock) {
        Instant latest = clock.plus(DOUBT);
        return new ClaimsAhead(lines.values().stream()
                .collect(Collectors.toMap(Line::table, line -> Stream.of(line.loadedUpTo(), line.completeUpTo())
                        .flatMap(time -> time.filter(latest::isBefore).stream())
                        .collect(Collectors.toSet()))));
    }

    /** The lines as they are read later, without these times. Other times of the same tables are claimed anew. */
    public Map<String, Line> leftOut(Map<String, Line> lines) {
        Map<String, Line> rest = new LinkedHashMap<>();
        lines.forEach((table, line) -> rest.put(table, line.without(ahead.getOrDefault(table, Set.of()))));
        return rest;
    }
}
