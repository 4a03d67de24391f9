package io.postgresloader.type;

import io.postgresloader.model.Column;
import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.SourceTable;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Selects, types and encodes the rows of one table, column by column in the order of the source. */
public final class RowFormat {
    private final List<Column> columns;
    private final TypeMapping[] mappings;
    private final Map<String, ZoneId> wallClocks;
    /** The mappings, with the conversion to the wall clock where a column has one. */
    private final TypeMapping[] encoders;

    private final LargeRows largeRows;

    /** Null: no row can be too wide. */
    private final WideRows wideRows;

    private RowFormat(List<Column> columns, TypeMapping[] mappings, Map<String, ZoneId> wallClocks, WideRows wideRows) {
        this.columns = columns;
        this.mappings = mappings;
        this.wallClocks = Map.copyOf(wallClocks);
        this.largeRows = LargeRows.of(columns);
        this.wideRows = wideRows;
        this.encoders = IntStream.range(0, mappings.length)
                .mapToObj(i -> wallClock(columns.get(i).name())
                        .<TypeMapping>map(zone -> new WallClockMapping(mappings[i], new WallClock(zone)))
                        .orElse(mappings[i]))
                .toArray(TypeMapping[]::new);
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
                        .toArray(TypeMapping[]::new),
                Map.of(),
                null);
    }

    /**
     * The same format, with these columns stored as the wall clock of a zone. Cursors, watermarks and keys are not
     * affected: they are read in UTC.
     *
     * @param zones by the name of a column of type {@code timestamp}; every other such column is stored in UTC
     */
    public RowFormat onWallClocks(Map<String, ZoneId> zones) {
        return new RowFormat(columns, mappings, zones, wideRows);
    }

    /** The zone on whose wall clock a column is stored; empty: not a {@code timestamp}, or stored as an instant. */
    public Optional<ZoneId> wallClock(String column) {
        return Optional.ofNullable(wallClocks.get(column));
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
        return new RowFormat(columns, converted, wallClocks, null);
    }

    /**
     * The same format, with rows that no page of the target can hold as faults.
     *
     * @param pageBytes supplies the size of the target's pages; only asked if a table has so many columns
     */
    public RowFormat onPages(IntSupplier pageBytes) {
        List<String> types = Stream.of(mappings).map(TypeMapping::targetType).toList();
        return WideRows.possible(types)
                ? new RowFormat(columns, mappings, wallClocks, WideRows.of(types, pageBytes.getAsInt()))
                : this;
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

    /** The SELECT expression of each column, given their quoted names. */
    public List<String> select(List<String> quotedColumns) {
        return largeRows.guarded(
                quotedColumns,
                IntStream.range(0, mappings.length)
                        .mapToObj(i -> mappings[i].select(quotedColumns.get(i)))
                        .toList());
    }

    /**
     * Appends one row. If a value cannot be stored, nothing of the row stays in the buffer.
     *
     * @return the column and the failure; empty if the row was appended
     */
    public Optional<RowFault> append(RawRow row, CopyBuffer out) {
        Optional<RowFault> notSent = largeRows.failure(row);
        if (notSent.isPresent()) {
            return notSent;
        }
        if (wideRows != null) {
            Optional<RowFault> tooWide = wideRows.failure(row);
            if (tooWide.isPresent()) {
                return tooWide;
            }
        }
        out.mark();
        for (int i = 0; i < encoders.length; i++) {
            if (i > 0) {
                out.append((byte) '\t');
            }
            if (row.isNull(i)) {
                out.appendNull();
                continue;
            }
            try {
                row.encode(i, encoders[i], out);
            } catch (UnstorableValueException e) {
                out.rewind();
                return Optional.of(new RowFault(columns.get(i).name(), e.failure()));
            }
        }
        out.append((byte) '\n');
        return Optional.empty();
    }
}
