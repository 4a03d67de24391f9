package io.postgresloader.model;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One column of a source table, as {@code information_schema.columns} declares it.
 *
 * @param name the name in the source's spelling
 * @param dataType the bare type in lower case, e.g. {@code bigint}, {@code varchar}
 * @param columnType the whole type in lower case with length and attributes, e.g. {@code bigint(20) unsigned}
 * @param nullable whether the source allows NULL
 * @param precision digits of a number, or bits of a {@code bit(n)}; empty where the type has none
 * @param scale digits after the decimal point; empty where the type has none
 * @param fractionDigits digits (0 to 6) of the seconds of a temporal type; empty for every other type
 * @param characterSet the character set of a text, as the source names it; empty where the type has none
 * @param setOnUpdate whether the source itself sets it to the current time when the row is edited
 */
public record Column(
        String name,
        String dataType,
        String columnType,
        boolean nullable,
        OptionalInt precision,
        OptionalInt scale,
        OptionalInt fractionDigits,
        Optional<String> characterSet,
        boolean setOnUpdate) {

    public Column {
        Objects.requireNonNull(name);
        Objects.requireNonNull(dataType);
        Objects.requireNonNull(columnType);
    }

    /** A column that the source does not set on update. */
    public Column(
            String name,
            String dataType,
            String columnType,
            boolean nullable,
            OptionalInt precision,
            OptionalInt scale,
            OptionalInt fractionDigits,
            Optional<String> characterSet) {
        this(name, dataType, columnType, nullable, precision, scale, fractionDigits, characterSet, false);
    }

    /** Whether the type carries the attribute {@code unsigned}, which widens the target's type by one step. */
    public boolean unsigned() {
        return columnType.contains("unsigned");
    }

    /** Whether this is one of the five integer types, of any width, signed or not. */
    public boolean integer() {
        return switch (dataType) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> true;
            default -> false;
        };
    }

    /** The type as the source declares it, with the character set if it has one, e.g. {@code text latin1}. */
    public String declared() {
        return characterSet.map(set -> columnType + " " + set).orElse(columnType);
    }

    /** {@link #declared}, in one spelling for all versions of the servers: {@code bigint} for {@code bigint(20)}. */
    public String spelled() {
        return TypeSpelling.of(declared());
    }

    /** The members of an {@code enum} or {@code set}; empty for other types, and if their numbers cannot be known. */
    public Optional<Members> members() {
        return Members.of(columnType);
    }

    /** Whether the source orders values by numbers that it stores in place of them. */
    public boolean boundByNumber() {
        return dataType.equals("enum") || dataType.equals("set") || dataType.equals("bit");
    }

    /**
     * Whether a key of this column can be used for paging. Other types are not compared by the value that is bound
     * (float), or have no value that could be bound.
     */
    public boolean pageable() {
        return switch (dataType) {
            case "enum", "set" -> members().isPresent();
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year", "bit" -> true;
            case "char", "varchar", "binary", "varbinary", "date", "datetime", "timestamp", "time" -> true;
            case "uuid", "inet4", "inet6" -> true;
            default -> false;
        };
    }
}
