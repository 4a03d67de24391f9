package io.postgresloader.config;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one table, or {@code defaults:}, said; null for what it did not say. Filled while reading, then thrown away. */
final class OptionDraft {
    List<String> primaryKey;
    List<String> incrementalColumns;
    String primaryIncrementalColumn;
    List<String> columnPriorities;
    IncrementalStrategy strategy;
    LocalDate minDate;
    LocalDate maxDate;
    Duration schedule;
    LoadMode load;
    ExtractionStrategy extraction;
    Duration lookback;
    Boolean skipUnchanged;
    Optional<Duration> reconcile;
    DeletePolicy deletes;
    Map<String, String> columnTypes;

    static <T> T or(T said, T otherwise) {
        return said == null ? otherwise : said;
    }
}
