package io.postgresloader.config.tables;

import io.postgresloader.model.StampOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads column names. The line map also contains each by its name, since cursor columns are reordered before they are
 * checked against the source.
 */
final class ColumnNames {
    private static final String NAME = "expected a column name";
    static final String TYPE = "expected a PostgreSQL type such as smallint";
    private static final String LIST = "expected a list of columns";

    /** A name that PostgreSQL takes as it is, and that no column has for another reason. YAML 1.1 reads on as true. */
    static final String STAMP_SHAPE =
            "(?!([Oo]n|ON|[Yy]es|YES|tableoid|xmin|cmin|xmax|cmax|ctid|_deleted_at)$)[A-Za-z_][A-Za-z0-9_]{0,62}";

    static final String STAMP =
            "expected a column name of letters, digits and _ that is not _deleted_at or a system" + " column, or off";

    private ColumnNames() {}

    /** One name; null after a problem. */
    static String one(YamlValue value, ParseContext context) {
        Optional<String> name = value.scalar().filter(s -> !s.isBlank());
        if (name.isEmpty()) {
            context.problem(value, NAME);
        }
        return name.orElse(null);
    }

    /** One name; empty for an empty value, and for {@code none}, which the older generator wrote for no column. */
    static Optional<String> oneOrNone(YamlValue value, ParseContext context) {
        boolean none = value.isNull() || value.text().filter("none"::equals).isPresent();
        return none ? Optional.empty() : Optional.ofNullable(one(value, context));
    }

    /** The column of the row stamp, or off. */
    static StampOptions stamp(YamlValue value, ParseContext context) {
        boolean off = value.bool()
                .map(b -> !b)
                .orElse(value.text().filter("off"::equals).isPresent());
        Optional<String> name = value.text().filter(text -> text.matches(STAMP_SHAPE));
        if (!off && name.isEmpty()) {
            context.problem(value, STAMP);
        }
        return off ? StampOptions.OFF : name.map(StampOptions::in).orElse(null);
    }

    /** A name or a list of names. */
    static List<String> oneOrMore(YamlValue value, ParseContext context) {
        if (value.isList()) {
            return list(value, context);
        }
        if (value.scalar().filter(s -> !s.isBlank()).isEmpty()) {
            context.problem(value, "expected a column or a list of columns");
            return List.of();
        }
        return List.of(one(value, context));
    }

    /** A list of at least one name, each once; case is ignored, as in the source. */
    static List<String> list(YamlValue value, ParseContext context) {
        if (!value.isList() || value.items().isEmpty()) {
            context.problem(value, LIST);
            return List.of();
        }
        Map<String, Integer> seen = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (YamlValue item : value.items()) {
            context.lines().put(item.path(), item.line());
            String name = one(item, context);
            if (name == null) {
                continue;
            }
            context.lines().put(value.path() + "." + name, item.line());
            Integer first = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), item.line());
            if (first == null) {
                names.add(name);
            } else {
                context.problem(
                        item, "'" + name + "' is listed twice, first in line " + first, "name each column once");
            }
        }
        return names;
    }

    /** PostgreSQL types by column. */
    static Map<String, String> types(YamlValue value, ParseContext context) {
        if (!value.isMap()) {
            context.problem(value, "expected a map of columns to PostgreSQL types");
            return Map.of();
        }
        Map<String, String> types = new LinkedHashMap<>();
        for (YamlValue entry : YamlMap.byColumn(value, context)) {
            Optional<String> type = entry.text().filter(s -> !s.isBlank());
            if (type.isEmpty()) {
                context.problem(entry, TYPE);
            }
            type.ifPresent(t -> types.put(entry.name(), t.strip()));
        }
        return types;
    }
}
