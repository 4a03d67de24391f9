package io.postgresloader.type;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import java.util.List;
import java.util.Optional;

/**
 * Finds rows of very many columns that no page of the target can hold, before they are sent: PostgreSQL moves long
 * texts out of a row, but not numbers, dates and short texts, and several COPYs fail until it has named one such row.
 * The bytes that a row takes at the least are counted; rows that take more, PostgreSQL itself finds.
 *
 * @param widths by column, how wide its values are
 * @param page the bytes of a row that a page can hold
 */
record WideRows(List<Width> widths, int page) {
    /** Bytes of a page that belong to no row, and bytes before the values of a row. */
    private static final int PAGE_HEADER = 32;

    private static final int ROW_HEADER = 23;
    private static final int ALIGNMENT = 8;

    /** The size of the page of a server that was not built for another one. */
    private static final int USUAL_PAGE = 8192;

    WideRows {
        widths = List.copyOf(widths);
    }

    /** Whether rows of a table can be so wide: few tables have as many columns. */
    static boolean possible(List<String> targetTypes) {
        WideRows rows = of(targetTypes, USUAL_PAGE);
        long most = header(targetTypes.size())
                + rows.widths.stream().mapToLong(Width::most).sum();
        return most > rows.page;
    }

    /** @param pageBytes the size of the target's pages */
    static WideRows of(List<String> targetTypes, int pageBytes) {
        return new WideRows(
                targetTypes.stream().map(TargetType::of).map(Width::of).toList(), pageBytes - PAGE_HEADER);
    }

    Optional<RowFault> failure(RawRow row) {
        int nulls = 0;
        long bytes = 0;
        for (int column = 0; column < row.columns(); column++) {
            int width = row.isNull(column) ? 0 : widths.get(column).of(row.value(column));
            nulls += width == 0 ? 1 : 0;
            bytes += width;
        }
        return bytes + header(nulls == 0 ? 0 : row.columns()) > page
                ? Optional.of(new RowFault(
                        Optional.empty(),
                        new Failure(
                                FailureKind.ROW_DATA,
                                Optional.of("54000"),
                                "the row has more values than a page of the target can hold (" + page
                                        + " bytes); leave columns out with exclude_columns, or give them"
                                        + " smaller types")))
                : Optional.empty();
    }

    /** Bytes before the values; a row with NULLs has a bit for each column. */
    private static int header(int bits) {
        int bytes = ROW_HEADER + (bits + 7) / 8;
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
