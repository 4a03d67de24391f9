package io.postgresloader.type;

import io.postgresloader.model.Column;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Columns as a source declares them. */
final class Columns {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Columns() {}

    /**
     * The column {@code c}, nullable; the numbers behind the type's name are its precision and scale.
     *
     * @param columnType as in the source's {@code column_type}, e.g. {@code decimal(8,2) unsigned}
     */
    static Column of(String columnType) {
        List<OptionalInt> numbers = NUMBER.matcher(columnType.replaceFirst("^[a-z]+\\d?", ""))
                .results()
                .map(found -> OptionalInt.of(Integer.parseInt(found.group())))
                .toList();
        OptionalInt first = numbers.isEmpty() ? OptionalInt.empty() : numbers.get(0);
        OptionalInt second = numbers.size() < 2 ? OptionalInt.empty() : numbers.get(1);
        return new Column(
                "c", columnType.replaceAll("[( ].*", ""), columnType, true, first, second, first, Optional.empty());
    }
}
