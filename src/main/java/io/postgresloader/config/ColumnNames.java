package io.postgresloader.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads names of columns. Each is entered in the line map by its name too, since cursor columns change their order
 * before they are checked against the source.
 */
final class ColumnNames {
    private static final String NAME = "allowed: a column's name";
    static final String TYPE = "allowed: a PostgreSQL type such as smallint";
    private static final String LIST = "allowed: a list of columns";

    private ColumnNames() {}

    /** One name; null after a problem. */
    static String one(YamlValue value, Reading reading) {
        Optional<String> name = value.scalar().filter(s -> !s.isBlank());
        if (name.isEmpty()) {
            reading.problem(value, NAME);
        }
        return name.orElse(null);
    }

    /** One name; empty for nothing, and for the word that the older generator wrote where a table had no such column. */
    static Optional<String> oneOrNone(YamlValue value, Reading reading) {
        boolean none = value.isNull() || value.text().filter("none"::equals).isPresent();
        return none ? Optional.empty() : Optional.ofNullable(one(value, reading));
    }

    /** A name or a list of names. */
    static List<String> oneOrMore(YamlValue value, Reading reading) {
        if (value.isList()) {
            return list(value, reading);
        }
        if (value.scalar().filter(s -> !s.isBlank()).isEmpty()) {
            reading.problem(value, "allowed: a column or a list of columns");
            return List.of();
        }
        return List.of(one(value, reading));
    }

    /** A list of at least one name, none twice, compared as the source does: without case. */
    static List<String> list(YamlValue value, Reading reading) {
        if (!value.isList() || value.items().isEmpty()) {
            reading.problem(value, LIST);
            return List.of();
        }
        Map<String, Integer> seen = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (YamlValue item : value.items()) {
            reading.lines().put(item.path(), item.line());
            String name = one(item, reading);
            if (name == null) {
                continue;
            }
            reading.lines().put(value.path() + "." + name, item.line());
            Integer first = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), item.line());
            if (first == null) {
                names.add(name);
            } else {
                reading.problem(item, "'" + name + "' again, first in line " + first, "name each column once");
            }
        }
        return names;
    }

    /** PostgreSQL types by column. */
    static Map<String, String> types(YamlValue value, Reading reading) {
        if (!value.isMap()) {
            reading.problem(value, "allowed: a map, column: PostgreSQL type");
            return Map.of();
        }
        Map<String, String> types = new LinkedHashMap<>();
        for (YamlValue entry : YamlMap.byColumn(value, reading)) {
            Optional<String> type = entry.text().filter(s -> !s.isBlank());
            if (type.isEmpty()) {
                reading.problem(entry, TYPE);
            }
            type.ifPresent(t -> types.put(entry.name(), t.strip()));
        }
        return types;
    }
}
