package io.postgresloader.config;

import java.time.LocalDate;
import java.util.List;

/**
 * What {@code data_quality_filters: {min_date: …, max_date: …}} says.
 *
 * @param min null where it does not say it
 * @param max null where it does not say it
 */
record DateFilters(LocalDate min, LocalDate max) {
    static final List<String> KEYS = List.of("min_date", "max_date");

    static DateFilters read(YamlValue value, Reading reading) {
        LocalDate min = null;
        LocalDate max = null;
        if (!value.isMap()) {
            reading.problem(value, "allowed: a map of min_date, max_date");
            return new DateFilters(min, max);
        }
        for (YamlValue entry : YamlMap.entries(value.node(), value.path(), reading)) {
            switch (entry.name()) {
                case "min_date" -> min = Values.date(entry, reading);
                case "max_date" -> max = Values.date(entry, reading);
                default -> reading.problem(entry, "an unknown key", Nearest.hint(entry.name(), KEYS));
            }
        }
        return new DateFilters(min, max);
    }

    void into(OptionDraft draft) {
        draft.minDate = min;
        draft.maxDate = max;
    }
}
