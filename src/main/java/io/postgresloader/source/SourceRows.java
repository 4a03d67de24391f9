package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.Page;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.type.RawRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads requested pages without a route around them, for comparisons and for rows that are looked up by key. */
public final class SourceRows {
    private static final Logger LOG = LoggerFactory.getLogger(SourceRows.class);

    private final Source source;
    private final boolean packets;

    /** @param packets whether rows are read from the packets of the driver, not by JDBC */
    public SourceRows(Source source, boolean packets) {
        this.source = source;
        this.packets = packets;
        if (packets && !DriverRow.packetsKnown()) {
            LOG.warn("rows are read value by value, which is slower: the packets of this version of Connector/J are not"
                    + " known; source.packets=off says that this is intended");
        }
    }

    /** Reads one page now, on the calling thread. */
    public Page read(PageRequest request) throws SQLException {
        try (Connection connection = source.connection()) {
            while (request.unfinished()) {
                drain(connection, request);
            }
        }
        return request.await();
    }

    /** Runs the statements that lead to the one that reads the page, and returns that one. */
    public BoundSql query(PageRequest request) throws SQLException {
        if (request.preliminary()) {
            try (Connection connection = source.connection()) {
                while (request.preliminary()) {
                    drain(connection, request);
                }
            }
        }
        return request.query();
    }

    /** Reads the page again, in key order, if its rows did not fit into memory. */
    public void finish(PageRequest request) throws SQLException {
        if (request.unfinished()) {
            read(request);
        }
    }

    private void drain(Connection connection, PageRequest request) throws SQLException {
        BoundSql query = request.query();
        try (PreparedStatement statement = connection.prepareStatement(query.text())) {
            for (int i = 0; i < query.parameters().size(); i++) {
                statement.setObject(i + 1, query.parameters().get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                request.drain(new Rows(rows, packets));
            } catch (BrokenReadException e) {
                throw e.cause;
            }
        }
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

        Rows(ResultSet rows, boolean packets) throws SQLException {
            this.rows = rows;
            this.row = DriverRow.of(rows, packets);
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
