package io.postgresloader.source;

import io.postgresloader.database.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The comments with which the source's tables and columns were declared. */
public final class SourceComments {
    private final Map<String, String> ofTables = new HashMap<>();
    private final Map<String, Map<String, String>> ofColumns = new HashMap<>();

    private SourceComments() {}

    /** Reads the comments of all tables of the database. */
    public static SourceComments read(Source source) {
        JdbcClient client = source.jdbc();
        SourceComments comments = new SourceComments();
        client.sql("SELECT table_name, table_comment FROM information_schema.tables"
                        + " WHERE table_schema = DATABASE() AND table_comment <> ''")
                .query(row -> {
                    comments.ofTables.put(row.getString(1), row.getString(2));
                });
        client.sql("SELECT table_name, column_name, column_comment FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE() AND column_comment <> ''")
                .query(row -> {
                    comments.ofColumns
                            .computeIfAbsent(row.getString(1), table -> new HashMap<>())
                            .put(row.getString(2), row.getString(3));
                });
        return comments;
    }

    public Optional<String> of(String table) {
        return Optional.ofNullable(ofTables.get(table));
    }

    public Optional<String> of(String table, String column) {
        return Optional.ofNullable(ofColumns.getOrDefault(table, Map.of()).get(column));
    }
}
