package io.postgresloader.config.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A {@code tables.yml} as the older generator wrote it, for all tables of a practice. */
public final class OlderGenerator {
    private static final Path TABLES = Path.of("src/test/resources/opendental/older-tables.csv");

    private static final String TABLE =
            """
              %1$s:
                table_name: %1$s
                extraction_strategy: %2$s
                estimated_rows: %3$s
                estimated_size_mb: %4$s
                batch_size: 50000
                incremental_columns: %5$s
                incremental_strategy: %6$s
                primary_incremental_column: %7$s
                performance_category: medium
                processing_priority: medium
                time_gap_threshold_days: 30
                estimated_processing_time_minutes: 1.7
                memory_requirements_mb: 73
                monitoring:
                  alert_on_failure: true
                  alert_on_slow_extraction: true
                  performance_threshold_records_per_second: 2000
                  memory_alert_threshold_mb: 146
                schema_hash: 642816942962377761
                last_analyzed: '2025-10-07T10:28:34.450152'
                primary_key: %8$s
                sync_profile: %9$s
                lookback_resync:
                  enabled: false
            """;

    private OlderGenerator() {}

    /** One line a table: its name, then what the generator said. */
    public static List<String[]> tables() {
        try {
            return Files.readAllLines(TABLES).stream()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole file, with the tables of these names. */
    public static String file(List<String> names) {
        List<String> text = new ArrayList<>();
        text.add("metadata:\n  generated_at: '2025-10-19T19:21:15.521320'\n  analyzer_version: 4.0\n"
                + "  environment: production\n  total_tables: 446\n  schema_hash: a07eb24347005056bc67224c40de7037\n");
        text.add("tables:\n");
        tables().stream()
                .filter(cells -> names.contains(cells[0]))
                .map(OlderGenerator::table)
                .forEach(text::add);
        return String.join("", text);
    }

    private static String table(String[] cells) {
        List<String> columns =
                Arrays.stream(cells[6].split(" ")).filter(c -> !c.isEmpty()).toList();
        String primary = columns.isEmpty() ? "none" : columns.get(0);
        return TABLE.formatted(cells[0], cells[5], cells[1], cells[2], columns, cells[7], primary, cells[4], cells[8]);
    }
}
