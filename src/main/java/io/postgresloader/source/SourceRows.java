package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.Page;
import io.postgresloader.sql.BoundSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Reads pages for comparisons, without a route. */
public final class SourceRows {
    private final Source source;

    public SourceRows(Source source) {
        this.source = source;
    }

    /**
     * @param maxRows the most rows to take, at least 1
     * @param maxBytes the page ends with the row that reaches this many encoded bytes
     */
    public Page read(BoundSql query, PageReader reader, int maxRows, long maxBytes) throws SQLException {
        try (Connection connection = source.connection();
                PreparedStatement statement = connection.prepareStatement(query.text())) {
            for (int i = 0; i < query.parameters().size(); i++) {
                statement.setObject(i + 1, query.parameters().get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                return reader.drain(new Cells(rows), maxRows, maxBytes);
            } catch (BrokenReadException e) {
                throw e.cause;
            }
        }
    }

    /** One array of bytes for each column, as the driver's text protocol has them. */
    private static final class Cells implements Iterator<byte[][]> {
        private final ResultSet rows;
        private final int columns;
        private boolean ahead;
        private boolean more;

        Cells(ResultSet rows) throws SQLException {
            this.rows = rows;
            this.columns = rows.getMetaData().getColumnCount();
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
        public byte[][] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ahead = false;
            try {
                byte[][] cells = new byte[columns][];
                for (int i = 0; i < columns; i++) {
                    cells[i] = rows.getBytes(i + 1);
                }
                return cells;
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
