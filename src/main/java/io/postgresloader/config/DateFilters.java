package io.postgresloader.config;

import java.util.List;

/** Reads {@code data_quality_filters: {min_date: …, max_date: …}}. */
final class DateFilters {
    private static final List<String> KEYS = List.of("min_date", "max_date");

    private DateFilters() {}

    static void read(YamlValue value, OptionDraft draft, Reading reading) {
        if (!value.isMap()) {
            reading.problem(value, "allowed: a map of min_date, max_date");
            return;
        }
        for (YamlValue entry : YamlMap.entries(value.node(), value.path(), reading)) {
            switch (entry.name()) {
                case "min_date" -> draft.minDate = Values.date(entry, reading);
                case "max_date" -> draft.maxDate = Values.date(entry, reading);
                default -> reading.problem(entry, "an unknown key", Nearest.hint(entry.name(), KEYS));
            }
        }
    }
}
