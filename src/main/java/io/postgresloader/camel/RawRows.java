package io.postgresloader.camel;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.camel.component.sql.RowMapperFactory;
import org.springframework.jdbc.core.RowMapper;

/** Bean {@code rawRows}: keeps of each row the bytes of the driver's text protocol, one array per column. */
public final class RawRows implements RowMapperFactory {
    @Override
    public RowMapper<byte[][]> newColumnRowMapper() {
        return (row, rowNumber) -> cells(row);
    }

    @Override
    public RowMapper<?> newBeanRowMapper(Class<?> mappedClass) {
        throw new UnsupportedOperationException("rows are pulled as bytes, not as beans");
    }

    private static byte[][] cells(ResultSet row) throws SQLException {
        byte[][] cells = new byte[row.getMetaData().getColumnCount()][];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = row.getBytes(i + 1);
        }
        return cells;
    }
}
