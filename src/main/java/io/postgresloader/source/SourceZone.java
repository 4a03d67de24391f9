package io.postgresloader.source;

import io.postgresloader.database.Source;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The zone of the wall clock that the source's own sessions see: the configured one, else the server's, if it has a
 * name. A server whose zone is {@code SYSTEM} only has an abbreviation of it, which several zones share.
 *
 * @param zone empty: it has no name
 * @param found what the server says, for messages; empty if it was not asked
 */
public record SourceZone(Optional<ZoneId> zone, String found) {
    private static final String SYSTEM = "SYSTEM";

    public static SourceZone of(Source source) {
        return source.zone().map(zone -> new SourceZone(Optional.of(zone), "")).orElseGet(() -> source.jdbc()
                .sql("SELECT @@global.time_zone, @@system_time_zone")
                .query((row, number) -> ofServer(row.getString(1), row.getString(2)))
                .single());
    }

    static SourceZone ofServer(String zone, String system) {
        if (!zone.equals(SYSTEM)) {
            return new SourceZone(named(zone), zone);
        }
        // Other abbreviations change with daylight saving time.
        return new SourceZone(system.equals("UTC") ? named(system) : Optional.empty(), SYSTEM + " (" + system + ")");
    }

    private static Optional<ZoneId> named(String zone) {
        try {
            return Optional.of(ZoneId.of(zone));
        } catch (DateTimeException noZoneOfJava) {
            return Optional.empty();
        }
    }
}
