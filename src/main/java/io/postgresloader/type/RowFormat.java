package io.postgresloader.type;

import io.postgresloader.model.Column;
import io.postgresloader.model.SourceTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the rows of one table are selected, typed and encoded, column by column in the order of the source. */
public final class RowFormat {
    private final List<Column> columns;
    private final TypeMapping[] mappings;

    private RowFormat(List<Column> columns, TypeMapping[] mappings) {
        this.columns = columns;
        this.mappings = mappings;
    }

    /**
     * @param columnTypes PostgreSQL types that replace the default, by column name; a name may differ in case
     * @throws UnmappedTypeException when a column cannot be mapped
     */
    public static RowFormat of(SourceTable table, Map<String, String> columnTypes) {
        Map<String, String> overrides = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        overrides.putAll(columnTypes);
        TypeMapping[] mappings = table.columns().stream()
                .map(column -> TypeMappings.of(column, Optional.ofNullable(overrides.get(column.name()))))
                .toArray(TypeMapping[]::new);
        return new RowFormat(table.columns(), mappings);
    }

    /** Column name to PostgreSQL type, in order. */
    public Map<String, String> targetTypes() {
        Map<String, String> types = new LinkedHashMap<>();
        for (int i = 0; i < mappings.length; i++) {
            types.put(columns.get(i).name(), mappings[i].targetType());
        }
        return types;
    }

    /** What to select for column {@code index}, given its quoted name. */
    public String select(int index, String quotedColumn) {
        return mappings[index].select(quotedColumn);
    }

    /**
     * Appends one row; on refusal nothing of it stays in the buffer.
     *
     * @param row one value per column in the driver's text form, null for NULL
     * @return the refusal, with the column it is about; empty when the row was appended
     */
    public Optional<Refusal> append(byte[][] row, CopyBuffer out) {
        int start = out.length();
        long zeroDates = out.zeroDates();
        for (int i = 0; i < mappings.length; i++) {
            if (i > 0) {
                out.append((byte) '\t');
            }
            if (row[i] == null) {
                out.appendNull();
                continue;
            }
            try {
                mappings[i].encode(row[i], out);
            } catch (RejectedValueException e) {
                out.rewind(start, zeroDates);
                return Optional.of(new Refusal(columns.get(i).name(), e.failure()));
            }
        }
        out.append((byte) '\n');
        return Optional.empty();
    }

    /**
     * @param column the column whose value was refused
     * @param failure why, without the value
     */
    public record Refusal(String column, io.postgresloader.model.Failure failure) {}
}
