package io.postgresloader.analyze;

import io.postgresloader.model.Column;
import io.postgresloader.model.CursorType;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of the analysis of a date or time column.
 *
 * @param index an index whose first column this is; empty if there is none
 * @param reason the reason for the role, as text
 */
public record ColumnFinding(
        Column column, ColumnRole role, Optional<String> index, ColumnEvidence evidence, String reason) {
    /** The most reliable column first. */
    static final Comparator<ColumnFinding> BY_RELIABILITY = Comparator.comparing(ColumnFinding::role)
            .thenComparing(finding -> !finding.column.setOnUpdate())
            .thenComparing(finding -> finding.index.isEmpty())
            .thenComparing(finding ->
                    finding.column.dataType().equals(CursorType.DATE.name().toLowerCase(Locale.ROOT)));

    public String name() {
        return column.name();
    }

    /** Whether the column's name suggests another role. */
    boolean misnamed() {
        return switch (NameHint.of(name())) {
            case EDIT -> role != ColumnRole.EDIT;
            case ENTRY -> role != ColumnRole.ENTRY;
            case NOTHING -> false;
        };
    }
}
