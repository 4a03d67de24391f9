package io.postgresloader.camel;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.SqlConstants;
import org.apache.camel.component.sql.SqlPrepareStatementStrategy;

/**
 * Bean {@code typedParameters}: binds the values of a page query by position. The component's default strategy would
 * look for named parameters in the text, where a column's name may look like one.
 */
public final class TypedParameters implements SqlPrepareStatementStrategy {
    @Override
    public String prepareQuery(String query, boolean allowNamedParameters, Exchange exchange) {
        return query;
    }

    @Override
    public Iterator<?> createPopulateIterator(
            String query, String preparedQuery, int expectedParams, Exchange exchange, Object value) {
        return ((Iterable<?>) exchange.getMessage().getHeader(SqlConstants.SQL_PARAMETERS)).iterator();
    }

    @Override
    public void populateStatement(PreparedStatement statement, Iterator<?> values, int expectedParams)
            throws SQLException {
        for (int index = 1; values.hasNext(); index++) {
            statement.setObject(index, values.next());
        }
    }
}
