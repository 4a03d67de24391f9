package io.postgresloader.app.progress;

/**
 * What a command has finished.
 *
 * @param tables the tables that it has to do
 * @param done those that are finished, failed ones included
 * @param rows the rows of the finished tables
 */
record ProgressTotals(int tables, int done, int failed, long rows) {
    ProgressTotals of(int allTables) {
        return new ProgressTotals(allTables, done, failed, rows);
    }

    ProgressTotals plus(boolean tableFailed, long tableRows) {
        return new ProgressTotals(tables, done + 1, failed + (tableFailed ? 1 : 0), rows + tableRows);
    }
}
