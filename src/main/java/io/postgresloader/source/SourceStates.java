package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableSighting;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads when the source's tables changed last, without reading their rows, as far as the time can be relied on:
 *
 * <ul>
 *   <li>InnoDB: the time of the change, set when it is committed; unknown since the last restart. Not of a partitioned
 *       table, whose time is the latest of its partitions: a partition that the server has evicted from its memory
 *       does not count, so that an older time can come back.
 *   <li>MyISAM: the time of the data file. Not on Windows, which notes it when the file is closed, and not with
 *       {@code myisam_use_mmap}, with which the system notes it when it writes the memory back.
 *   <li>Other engines: unknown. Aria writes its data file at a checkpoint, long after the change.
 * </ul>
 */
public final class SourceStates {
    private static final String STATES =
            """
            SELECT table_name AS table_name, engine AS engine, create_time AS create_time, check_time AS check_time,
              table_rows AS table_rows, auto_increment AS next_key, CASE
                WHEN engine = 'InnoDB' AND COALESCE(create_options, '') NOT LIKE '%%partitioned%%' THEN update_time
                WHEN engine = 'MyISAM' AND @@version_compile_os NOT LIKE 'Win%%' AND NOT @@myisam_use_mmap THEN update_time
              END AS update_time
            FROM information_schema.tables WHERE table_schema = DATABASE() %s""";

    private final JdbcClient source;

    public SourceStates(Source source) {
        this.source = source.jdbc();
    }

    /** All tables of the database, in one query. */
    public Map<String, SourceState> all() {
        return read("", List.of());
    }

    /** One table; empty when there is none of that name. */
    public Map<String, SourceState> of(String table) {
        return read("AND table_name = ?", List.of(table));
    }

    private Map<String, SourceState> read(String condition, List<Object> parameters) {
        Map<String, SourceState> states = new HashMap<>();
        source.sql(STATES.formatted(condition)).params(parameters).query(row -> {
            states.put(row.getString("table_name"), state(row));
        });
        return states;
    }

    private static SourceState state(ResultSet row) throws SQLException {
        boolean transactional = SourceSchema.transactional(row.getString("engine"));
        return new SourceState(
                Optional.ofNullable(row.getObject("update_time", LocalDateTime.class)),
                Optional.ofNullable(row.getObject("create_time", LocalDateTime.class)),
                transactional,
                transactional ? Optional.empty() : sighting(row));
    }

    /** The number of rows is exact in engines without transactions. */
    private static Optional<TableSighting> sighting(ResultSet row) throws SQLException {
        BigDecimal rows = row.getBigDecimal("table_rows");
        BigDecimal nextKey = row.getBigDecimal("next_key");
        return rows == null
                ? Optional.empty()
                : Optional.of(new TableSighting(
                        Optional.ofNullable(row.getObject("create_time", LocalDateTime.class)),
                        Optional.ofNullable(row.getObject("check_time", LocalDateTime.class)),
                        rows.longValue(),
                        nextKey == null ? OptionalLong.empty() : OptionalLong.of(nextKey.longValue())));
    }
}
