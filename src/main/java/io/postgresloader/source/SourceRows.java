package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.Page;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.type.RawRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Reads requested pages without a route around them, for comparisons and for rows that are looked up by key. */
public final class SourceRows {
    private final Source source;

    public SourceRows(Source source) {
        this.source = source;
    }

    /** Reads one page now, on the calling thread. */
    public Page read(PageRequest request) throws SQLException {
        try (Connection connection = source.connection();
                PreparedStatement statement =
                        connection.prepareStatement(request.query().text())) {
            for (int i = 0; i < request.query().parameters().size(); i++) {
                statement.setObject(i + 1, request.query().parameters().get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                request.drain(new Rows(rows));
            } catch (BrokenReadException e) {
                throw e.cause;
            }
        }
        return request.await();
    }

    /** Reads a page for another thread that waits for it; a failure goes to that thread. */
    public void fulfil(PageRequest request) {
        try {
            read(request);
        } catch (SQLException | RuntimeException e) {
            request.failed(SqlFailures.of(e));
        }
    }

    private static final class Rows implements Iterator<RawRow> {
        private final ResultSet rows;
        private final DriverRow row;
        private boolean ahead;
        private boolean more;

        Rows(ResultSet rows) throws SQLException {
            this.rows = rows;
            this.row = DriverRow.of(rows);
        }

        @Override
        public boolean hasNext() {
            try {
                more = ahead ? more : rows.next();
                ahead = true;
                return more;
            } catch (SQLException e) {
                throw new BrokenReadException(e);
            }
        }

        @Override
        public RawRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ahead = false;
            try {
                return row.read();
            } catch (SQLException e) {
                throw new BrokenReadException(e);
            }
        }
    }

    /** Carries the driver's exception past the iterator. */
    private static final class BrokenReadException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient SQLException cause;

        BrokenReadException(SQLException cause) {
            super(null, null, false, false);
            this.cause = cause;
        }
    }
}
