package io.postgresloader.type;

import io.postgresloader.model.Column;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.SourceTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Selects, types and encodes the rows of one table, column by column in the order of the source. */
public final class RowFormat {
    private final List<Column> columns;
    private final TypeMapping[] mappings;

    private RowFormat(List<Column> columns, TypeMapping[] mappings) {
        this.columns = columns;
        this.mappings = mappings;
    }

    /**
     * The types and values of a table that the loader creates.
     *
     * @throws UnmappedTypeException if a column cannot be mapped
     */
    public static RowFormat of(SourceTable table, ColumnOptions options) {
        return new RowFormat(
                table.columns(),
                table.columns().stream()
                        .map(column -> TypeMappings.of(column, options))
                        .toArray(TypeMapping[]::new));
    }

    /**
     * The format for an existing table, with values converted to its types.
     *
     * @param targetTypes PostgreSQL type by column name; a column without one keeps the type of {@link #targetTypes}
     * @throws UnmappedTypeException if a type cannot store the values of its column
     */
    public RowFormat to(Map<String, String> targetTypes, ColumnOptions options) {
        TypeMapping[] converted = new TypeMapping[mappings.length];
        for (int i = 0; i < mappings.length; i++) {
            Column column = columns.get(i);
            String type = targetTypes.getOrDefault(column.name(), mappings[i].targetType());
            converted[i] = TypeMappings.to(type, mappings[i], column, options);
        }
        return new RowFormat(columns, converted);
    }

    /** The PostgreSQL types by column name, in the order of the source. */
    public Map<String, String> targetTypes() {
        Map<String, String> types = new LinkedHashMap<>();
        for (int i = 0; i < mappings.length; i++) {
            types.put(columns.get(i).name(), mappings[i].targetType());
        }
        return types;
    }

    /** Whether the loader would create the column with this type, in any spelling. */
    public boolean hasType(String column, String type) {
        return TargetType.of(targetTypes().get(column)).equals(TargetType.of(type));
    }

    /** The SELECT expression of column {@code index}, given its quoted name. */
    public String select(int index, String quotedColumn) {
        return mappings[index].select(quotedColumn);
    }

    /**
     * Appends one row. If a value cannot be stored, nothing of the row stays in the buffer.
     *
     * @param row one value per column in the driver's text form, null for NULL
     * @return the column and the failure; empty if the row was appended
     */
    public Optional<RowFault> append(byte[][] row, CopyBuffer out) {
        out.mark();
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
            } catch (UnstorableValueException e) {
                out.rewind();
                return Optional.of(new RowFault(columns.get(i).name(), e.failure()));
            }
        }
        out.append((byte) '\n');
        return Optional.empty();
    }
}
