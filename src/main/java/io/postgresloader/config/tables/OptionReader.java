package io.postgresloader.config.tables;

import io.postgresloader.config.Nearest;
import io.postgresloader.config.tables.OptionKey.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the options of one table, or of {@code defaults:}, into a draft. */
final class OptionReader {
    /** Keys of the older generator: estimates and tuning of another program. Accepted so that its files work. */
    static final List<String> MEANINGLESS = List.of(
            "batch_size",
            "estimated_rows",
            "estimated_size_mb",
            "estimated_processing_time_minutes",
            "memory_requirements_mb",
            "processing_priority",
            "performance_category",
            "time_gap_threshold_days",
            "table_name",
            "sync_profile",
            "replicator_watermark_column",
            "loader_incremental_strategy",
            "lookback_resync",
            "is_modeled",
            "dbt_model_types",
            "monitoring",
            "schema_hash",
            "last_analyzed",
            "dependencies",
            "columns",
            "primary_key_type");

    private final List<String> allowed;
    private final ParseContext context;

    private OptionReader(List<String> allowed, ParseContext context) {
        this.allowed = allowed;
        this.context = context;
    }

    static OptionDraft table(YamlValue table, ParseContext context) {
        return new OptionReader(OptionKey.namesIn(Scope.TABLE), context).read(table);
    }

    static OptionDraft defaults(YamlValue defaults, ParseContext context) {
        return new OptionReader(OptionKey.namesIn(Scope.FILE), context).read(defaults);
    }

    /** The policies of single columns, by column. */
    static Map<String, OptionDraft> columns(YamlValue columns, ParseContext context) {
        if (!columns.isMap()) {
            context.problem(columns, "expected a map, column: {policy: value}");
            return Map.of();
        }
        Map<String, OptionDraft> drafts = new LinkedHashMap<>();
        for (YamlValue column : YamlMap.byColumn(columns, context)) {
            drafts.put(column.name(), new OptionReader(OptionKey.namesIn(Scope.COLUMN), context).read(column));
        }
        return drafts;
    }

    private OptionDraft read(YamlValue options) {
        OptionDraft draft = new OptionDraft();
        if (options.isNull()) {
            return draft;
        }
        if (!options.isMap()) {
            context.problem(options, "expected a map of options, or an empty value");
            return draft;
        }
        List<YamlValue> entries = YamlMap.entries(options.node(), options.path(), context);
        boolean generated = entries.stream().anyMatch(e -> e.name().equals("extraction_strategy"));
        entries.forEach(entry -> read(entry, generated, draft));
        return draft;
    }

    private void read(YamlValue entry, boolean generated, OptionDraft draft) {
        Optional<OptionKey> key = OptionKey.of(entry.name());
        if (key.isPresent() && allowed.contains(entry.name())) {
            // The older generator wrote every key into every table, with null, '' or [] for no value.
            if (!generated || !entry.isBlank() || key.get() == OptionKey.EXTRACTION_STRATEGY) {
                key.get().read(entry, draft, context);
            }
        } else if (key.isPresent()) {
            context.problem(entry, "not allowed in this place", "allowed: " + String.join(", ", allowed));
        } else if (MEANINGLESS.contains(entry.name())) {
            context.ignoredKeys().add(entry.name());
        } else {
            context.problem(entry, "unknown key", Nearest.hint(entry.name(), allowed));
        }
    }
}
