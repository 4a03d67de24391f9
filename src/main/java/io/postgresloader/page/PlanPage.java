package io.postgresloader.page;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What the next load of a table will do.
 *
 * @param headline the type of the load and its reason, or why the table cannot be loaded
 * @param possible whether the table can be loaded
 * @param facts each with its label
 * @param sql the statement that reads the first page; empty: there is none
 * @param columns the columns of the table
 */
public record PlanPage(
        Frame frame,
        String name,
        String headline,
        boolean possible,
        List<TablePage.Fact> facts,
        String sql,
        List<PlanColumn> columns) {
    /** A column with its types on both sides. */
    public record PlanColumn(String name, String sourceType, String targetType, String note) {}

    /** @param at when the plan was made */
    public static PlanPage of(
            String table,
            String headline,
            boolean possible,
            List<TablePage.Fact> facts,
            String sql,
            String version,
            Instant at,
            ZoneId zone) {
        Frame frame = Frame.of(
                "Plan of " + table, Frame.Section.TABLES, "../../", at, Optional.empty(), version, new Words(at, zone));
        return new PlanPage(frame.still(), table, headline, possible, facts, sql, List.of());
    }

    /** The same with the columns of the table. */
    public PlanPage with(List<PlanColumn> known) {
        return new PlanPage(frame, name, headline, possible, facts, sql, known);
    }

    /** Whether there is something to say of a column. */
    public boolean noted() {
        return columns.stream().anyMatch(column -> !column.note().isEmpty());
    }

    /** A table's name as one part of an address. */
    public static String encoded(String name) {
        return TableLine.encoded(name);
    }
}
