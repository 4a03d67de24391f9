package io.postgresloader.load;

import io.postgresloader.model.Key;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.SourceTable;
import io.postgresloader.source.DamageSigns;
import io.postgresloader.source.DamageSigns.IndexFit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out whether rows that only the target has may be rows that a damaged table of the source has lost. The target
 * may then have their only copy.
 */
public final class LostRows {
    /**
     * The time of a check has whole seconds, and two clocks are read one after the other. A check within the first moments
     * of a comparison that found both sides equal counts as one before it.
     */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    private final LoadServices services;
    private final TableChecks checks;
    private final DamageSigns signs;

    public LostRows(LoadServices services) {
        this(services, DamageSigns.LONGEST);
    }

    /** @param limit how long the comparison of an index with the rows may take, in whole seconds */
    public LostRows(LoadServices services, Duration limit) {
        this.services = services;
        this.checks = new TableChecks(services);
        this.signs = new DamageSigns(services.source(), limit);
    }

    /**
     * Why rows may have been lost, and what to do; empty: there is no sign of it.
     *
     * @param table as the source declares it
     * @param key the key by which its rows are read, which need not be the source's primary key
     * @param extra how many rows only the target has
     * @param rows how many rows the target has
     */
    public Optional<String> possible(SourceTable table, Key key, long extra, long rows) {
        if (table.transactional()) {
            return Optional.empty();
        }
        return checked(table.name(), key)
                .or(() -> damagedIndex(table.name(), key))
                .map(sign -> String.format(
                        Locale.ROOT,
                        "table %1$s %2$s: %3$d of %4$d rows are only in the target and may have been lost in the source, not"
                                + " deleted; none was deleted in the target; look for them in a backup of the source and restore"
                                + " them, or run verify %1$s --repair --force-deletes",
                        table.name(),
                        sign,
                        extra,
                        rows));
    }

    private Optional<String> checked(String table, Key key) {
        Optional<Instant> equal = services.reconcileRecords().equalAt(table, key.none());
        return suspect(table)
                .filter(checked ->
                        equal.isEmpty() || checked.isAfter(equal.get().plus(ROUNDING)))
                .map(checked -> "was checked or repaired (CHECK, REPAIR, OPTIMIZE, ALTER TABLE) in the source at "
                        + checked.truncatedTo(ChronoUnit.SECONDS)
                        + equal.map(at -> ", after the target was last equal to it")
                                .orElse(", and no comparison has found the target equal to it"));
    }

    private Optional<Instant> suspect(String table) {
        return Optional.ofNullable(services.sourceStates().of(table).get(table))
                .flatMap(SourceState::sighting)
                .flatMap(sighting -> checks.history(
                                table, sighting, services.sourceClock().read().clock(), () -> false)
                        .suspect());
    }

    private Optional<String> damagedIndex(String table, Key key) {
        IndexFit fit = key.none() ? IndexFit.FITS : signs.indexFit(table, key);
        return switch (fit) {
            case FITS -> Optional.empty();
            case DAMAGED -> Optional.of(
                    "shows other keys by its index than by its rows (see CHECK TABLE) in the source");
            case UNKNOWN -> Optional.of(String.format(
                    Locale.ROOT,
                    "was locked, or is so large that its index could not be compared with its rows within %d s",
                    signs.limit().toSeconds()));
        };
    }
}
