package io.postgresloader.source;

import io.postgresloader.database.Source;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which columns an index can find rows by: the first column of each index. */
public final class SourceIndexes {
    private static final String LEADING =
            """
            SELECT table_name AS table_name, column_name AS column_name, MIN(index_name) AS index_name
            FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND seq_in_index = 1 AND column_name IS NOT NULL
            GROUP BY table_name, column_name""";

    private final JdbcClient source;

    public SourceIndexes(Source source) {
        this.source = source.jdbc();
    }

    /** By table: column to the name of an index that begins with it. */
    public Map<String, Map<String, String>> leading() {
        Map<String, Map<String, String>> indexes = new HashMap<>();
        source.sql(LEADING).query(row -> {
            indexes.computeIfAbsent(row.getString("table_name"), t -> new HashMap<>())
                    .put(row.getString("column_name"), row.getString("index_name"));
        });
        return indexes;
    }
}
