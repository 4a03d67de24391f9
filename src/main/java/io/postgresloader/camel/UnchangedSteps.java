package io.postgresloader.camel;

import io.postgresloader.load.run.UnchangedLoads;
import io.postgresloader.load.run.UnchangedTables;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.sql.SqlFailures;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bean {@code unchanged}: loads of tables that the source has not changed, many at a time. */
public final class UnchangedSteps {
    /** The variable with the {@link UnchangedLoads} that were found. */
    private static final String FOUND = "unchanged";

    /** The variable with what the statement answered. */
    private static final String ROWS = "rows";

    private static final Logger LOG = LoggerFactory.getLogger(UnchangedSteps.class);

    private final UnchangedTables tables;

    public UnchangedSteps(UnchangedTables tables) {
        this.tables = tables;
    }

    /** Those of the requested loads that have nothing to read. */
    public UnchangedLoads find(@Body List<LoadRequest> requests) {
        return tables.find(requests);
    }

    /**
     * The results of the loads that the statement recorded.
     *
     * @param rows its answer, one row for each; null: there was none to record
     */
    public List<LoadResult> results(
            @Variable(FOUND) UnchangedLoads found, @Variable(ROWS) List<Map<String, Object>> rows) {
        if (rows == null) {
            return List.of();
        }
        List<LoadResult> results = found.results(
                rows.stream().map(row -> (String) row.get("table_name")).collect(Collectors.toSet()));
        LOG.debug(
                "{} of {} unchanged tables recorded together",
                results.size(),
                found.loads().size());
        return results;
    }

    /** Nothing was recorded: each table is loaded on its own, and its load reports what is wrong. */
    public List<LoadResult> none(Exchange exchange) {
        LOG.debug(
                "Unchanged tables are not recorded together: {}",
                SqlFailures.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
        return List.of();
    }
}
