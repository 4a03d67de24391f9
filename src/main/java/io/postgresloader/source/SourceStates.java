package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.SourceState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads when the source's tables changed last, without reading their rows. MyISAM answers with the time of the data
 * file, InnoDB with the time of the change, set when it is committed.
 */
public final class SourceStates {
    private static final String STATES =
            """
            SELECT table_name AS table_name, engine AS engine, update_time AS update_time, create_time AS create_time
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
        return new SourceState(
                Optional.ofNullable(row.getObject("update_time", LocalDateTime.class)),
                Optional.ofNullable(row.getObject("create_time", LocalDateTime.class)),
                SourceSchema.transactional(row.getString("engine")));
    }
}
