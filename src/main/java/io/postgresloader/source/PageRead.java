package io.postgresloader.source;

import io.postgresloader.model.Page;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.type.RawRow;
import java.util.Iterator;

/** One statement on the way to a page. Most pages need one. */
public interface PageRead {
    /** The statement for the source. */
    BoundSql query();

    /** Whether its rows only lead to the next statement. */
    default boolean preliminary() {
        return false;
    }

    /** Whether it scans the table. */
    default boolean scans() {
        return false;
    }

    /** Reads its rows; each is read before the next one is asked for. */
    Result read(Iterator<RawRow> rows);

    /** What a statement led to. */
    sealed interface Result {
        /** The page. */
        record Done(Page page) implements Result {}

        /** Another statement, which is to be read next. */
        record Then(PageRead next) implements Result {}
    }
}
