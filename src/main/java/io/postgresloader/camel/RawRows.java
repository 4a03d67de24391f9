package io.postgresloader.camel;

import io.postgresloader.source.SourceRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.camel.component.sql.RowMapperFactory;
import org.springframework.jdbc.core.RowMapper;

/** Bean {@code rawRows}: keeps of each row the bytes of the driver's text protocol, one array per column. */
public final class RawRows implements RowMapperFactory {
    @Override
    public RowMapper<byte[][]> newColumnRowMapper() {
        return new Cells();
    }

    @Override
    public RowMapper<?> newBeanRowMapper(Class<?> mappedClass) {
        throw new UnsupportedOperationException("rows are pulled as bytes, not as beans");
    }

    /** Maps the rows of one query, which all have the same columns. */
    private static final class Cells implements RowMapper<byte[][]> {
        private int columns;

        @Override
        public byte[][] mapRow(ResultSet row, int rowNumber) throws SQLException {
            if (columns == 0) {
                columns = row.getMetaData().getColumnCount();
            }
            return SourceRows.cells(row, columns);
        }
    }
}
