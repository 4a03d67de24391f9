package io.postgresloader.camel;

import io.postgresloader.source.DriverRow;
import io.postgresloader.type.RawRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.camel.component.sql.RowMapperFactory;
import org.springframework.jdbc.core.RowMapper;

/**
 * Bean {@code rawRows}: answers with the current row in the form of the driver's text protocol. Every row is the same
 * object.
 */
public final class RawRows implements RowMapperFactory {
    private final boolean packets;

    /** @param packets whether rows are read from the packets of the driver, not by JDBC */
    public RawRows(boolean packets) {
        this.packets = packets;
    }

    @Override
    public RowMapper<RawRow> newColumnRowMapper() {
        return new Cells(packets);
    }

    @Override
    public RowMapper<?> newBeanRowMapper(Class<?> mappedClass) {
        throw new UnsupportedOperationException("rows are pulled as bytes, not as beans");
    }

    /** Maps the rows of one query, which all have the same columns. */
    private static final class Cells implements RowMapper<RawRow> {
        private final boolean packets;
        private DriverRow row;

        Cells(boolean packets) {
            this.packets = packets;
        }

        @Override
        public RawRow mapRow(ResultSet rows, int rowNumber) throws SQLException {
            if (row == null) {
                row = DriverRow.of(rows, packets);
            }
            return row.read();
        }
    }
}
