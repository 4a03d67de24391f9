package io.postgresloader.analyze;

import io.postgresloader.model.Column;
import io.postgresloader.model.CursorType;
import java.util.Comparator;
import java.util.Optional;

/**
 * What was found out about a column that could show changes.
 *
 * @param index an index that finds rows by it; empty: none
 * @param reason why it was given this role, in words
 */
public record ColumnFinding(
        Column column, ColumnRole role, Optional<String> index, ColumnEvidence evidence, String reason) {
    /** The most reliable first. */
    static final Comparator<ColumnFinding> BY_RELIABILITY = Comparator.comparing(ColumnFinding::role)
            .thenComparing(finding -> !finding.column.setOnUpdate())
            .thenComparing(finding -> finding.index.isEmpty())
            .thenComparing(finding ->
                    finding.column.dataType().equals(CursorType.DATE.name().toLowerCase()));

    public String name() {
        return column.name();
    }

    /** Whether its name suggests something else. */
    boolean misnamed() {
        return switch (NameHint.of(name())) {
            case EDIT -> role != ColumnRole.EDIT;
            case ENTRY -> role != ColumnRole.ENTRY;
            case NOTHING -> false;
        };
    }
}
