package io.postgresloader.load;

import io.postgresloader.model.SourceTable;
import io.postgresloader.source.DamageSigns;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Finds out whether rows that only the target has may be rows that a damaged table of the source has lost. The target
 * may then have their only copy.
 */
public final class LostRows {
    /**
     * The time of a check has whole seconds, and two clocks are read one after the other. A check within the first moments
     * of a comparison that found both sides equal counts as one before it: a table that was just filled has that time, too.
     */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    private final LoadServices services;
    private final DamageSigns signs;

    public LostRows(LoadServices services) {
        this.services = services;
        this.signs = new DamageSigns(services.source());
    }

    /**
     * Why rows may have been lost, and what to do; empty: there is no sign of it.
     *
     * @param table as the source declares it
     * @param accept the command by which the operator accepts that the rows are deleted
     */
    public Optional<String> possible(SourceTable table, String accept) {
        if (table.transactional()) {
            return Optional.empty();
        }
        return checked(table)
                .or(() -> damagedIndex(table))
                .map(sign ->
                        "table " + table.name() + " " + sign + ": rows that only the target has may have been lost in"
                                + " the source, not deleted, and none was deleted in the target; look for them in a backup of the"
                                + " source, restore them, or run " + accept);
    }

    private Optional<String> checked(SourceTable table) {
        Instant equal =
                services.reconcileRecords().equalAt(table.name(), table.keys().isEmpty());
        return signs.sinceCheck(table.name())
                .map(Instant.now()::minus)
                .filter(checked -> checked.isAfter(equal.plus(ROUNDING)))
                .map(checked -> "was checked or repaired (CHECK, REPAIR, OPTIMIZE, ALTER TABLE) in the source at "
                        + checked.truncatedTo(ChronoUnit.SECONDS) + ", after the target was last equal to it");
    }

    private Optional<String> damagedIndex(SourceTable table) {
        return table.ownKey()
                .filter(key -> !signs.indexFits(table.name(), key))
                .map(key -> "shows other keys by its index than by its rows; run REPAIR TABLE in the source");
    }
}
