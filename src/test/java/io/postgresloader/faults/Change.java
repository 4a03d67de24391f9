package io.postgresloader.faults;

import java.util.List;

/**
 * A statement of the storm with what it does if it finds its row.
 *
 * @param generated the token of a row whose key the server makes; empty: the keys are known
 */
record Change(StormTable table, String sql, List<Write> writes, String generated) {
    static Change known(StormTable table, String sql, Write... writes) {
        return new Change(table, sql, List.of(writes), "");
    }

    static Change inserting(StormTable table, String sql, String token) {
        return new Change(table, sql, List.of(), token);
    }

    boolean generatesKey() {
        return !generated.isEmpty();
    }
}
