package io.postgresloader.config.tables;

import io.postgresloader.config.Nearest;
import java.time.LocalDate;
import java.util.List;

/**
 * The value of {@code data_quality_filters: {min_date: …, max_date: …}}.
 *
 * @param min null if absent
 * @param max null if absent
 */
record DateFilters(LocalDate min, LocalDate max) {
    static final List<String> KEYS = List.of("min_date", "max_date");

    static DateFilters read(YamlValue value, ParseContext context) {
        LocalDate min = null;
        LocalDate max = null;
        if (!value.isMap()) {
            context.problem(value, "expected a map of min_date, max_date");
            return new DateFilters(min, max);
        }
        for (YamlValue entry : YamlMap.entries(value.node(), value.path(), context)) {
            switch (entry.name()) {
                case "min_date" -> min = YamlValues.date(entry, context);
                case "max_date" -> max = YamlValues.date(entry, context);
                default -> context.problem(entry, "unknown key", Nearest.hint(entry.name(), KEYS));
            }
        }
        return new DateFilters(min, max);
    }

    void into(OptionDraft draft) {
        draft.minDate = min;
        draft.maxDate = max;
    }
}
