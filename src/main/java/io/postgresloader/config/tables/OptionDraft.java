package io.postgresloader.config.tables;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.LoadMode;
import io.postgresloader.model.QuietHours;
import io.postgresloader.model.StampOptions;
import io.postgresloader.model.ValuePolicies;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of one table, of one column, or of {@code defaults:} while the file is read; null if absent.
 */
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
    Optional<QuietHours> quietHours;
    DeletePolicy deletes;
    Double maxDeleteFraction;
    Double maxDeadLetterFraction;
    Map<String, String> columnTypes;
    List<String> excludeColumns;
    Boolean purgeExcluded;
    StampOptions loadedAtColumn;
    Map<String, OptionDraft> columnPolicies;
    ValuePolicies.NulCharacters nulCharacters;
    ValuePolicies.InvalidText invalidText;
    ValuePolicies.ZeroDates zeroDates;
    ValuePolicies.Tinyint1 tinyint1;
    ValuePolicies.Time time;
    ValuePolicies.Timestamps timestamps;

    static <T> T or(T said, T otherwise) {
        return said == null ? otherwise : said;
    }
}
