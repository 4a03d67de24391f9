package io.postgresloader.testing;

import io.postgresloader.testing.OnlyOn.Products;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/**
 * A column of a source table: how its values are asked for on each server, and what both answers have in common when
 * they mean the same, whatever the target's type.
 *
 * @param dataType the source's type in lower case
 * @param targetType the target's type as {@code information_schema} has it
 */
record CanonicalCell(String name, String dataType, String targetType) {
    static final String NULL = "∅";

    private static final String MIDNIGHT = " 00:00:00";
    private static final int EWKB_SRID = 0x20000000;

    /** MySQL 8.0 turns axes as a spatial reference says; they are stored, and loaded, with the longitude first. */
    private static final String AS_STORED = Products.MYSQL_8.underTest() ? ", 'axis-order=long-lat'" : "";

    private enum Family {
        INTEGER,
        DECIMAL,
        FLOAT,
        DOUBLE,
        MOMENT,
        TIME,
        BITS,
        BYTES,
        GEOMETRY,
        INET,
        TEXT
    }

    private Family family() {
        return switch (dataType) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> Family.INTEGER;
            case "decimal" -> Family.DECIMAL;
            case "float" -> Family.FLOAT;
            case "double" -> Family.DOUBLE;
            case "date", "datetime", "timestamp" -> Family.MOMENT;
            case "time" -> Family.TIME;
            case "bit" -> Family.BITS;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> Family.BYTES;
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection" -> Family.GEOMETRY;
            case "inet4", "inet6" -> targetType.equals("inet") ? Family.INET : Family.TEXT;
            default -> Family.TEXT;
        };
    }

    /** The select expression for the source. */
    String inSource() {
        String c = Quoted.mariaDb(name);
        return switch (family()) {
                // Not a sum, in which a negative zero loses its sign.
            case FLOAT, DOUBLE -> c + " * 1e0";
            case BITS -> "BIN(" + c + " + 0)";
            case BYTES -> "HEX(" + c + ")";
            case GEOMETRY -> "CONCAT(ST_SRID(" + c + "), ':', HEX(ST_AsBinary(" + c + AS_STORED + ")))";
            case INET -> "HEX(CAST(" + c + " AS BINARY(" + (dataType.equals("inet4") ? 4 : 16) + ")))";
            case TEXT -> "HEX(CONVERT(" + c + " USING utf8mb4))";
            case INTEGER, DECIMAL, MOMENT, TIME -> "CAST(" + c + " AS CHAR)";
        };
    }

    /** The select expression for PostgreSQL. */
    String inTarget() {
        String c = Quoted.postgres(name);
        boolean bytes = family() == Family.TEXT || family() == Family.BYTES;
        return switch (targetType) {
            case "bytea" -> "upper(encode(" + c + ", 'hex'))";
            case "uuid" -> family() == Family.BYTES ? "upper(replace(" + c + "::text, '-', ''))" : hexOfText(c);
            case "boolean" -> c + "::int::text";
            case "timestamp with time zone" -> "(" + c + " AT TIME ZONE 'UTC')::text";
            case "interval", "time without time zone" -> bytes ? hexOfText(c) : "extract(epoch FROM " + c + ")::text";
            case "inet" -> family() == Family.INET
                    ? "upper(substr(encode(inet_send(" + c + "), 'hex'), 9))"
                    // As it is shown: a cast would add /32.
                    : hexOfText("format('%s', " + c + ")");
            default -> bytes ? hexOfText(c) : c + "::text";
        };
    }

    private static String hexOfText(String c) {
        return "upper(encode(convert_to(" + c + "::text, 'UTF8'), 'hex'))";
    }

    /** What the source's answer means. */
    String sourceValue(String text) {
        if (text == null || family() == Family.MOMENT && text.startsWith("0000-00-00") && !text.matches(".*[1-9].*")) {
            return NULL;
        }
        return switch (family()) {
            case BITS -> new BigInteger(text, 2).toString();
            case TIME -> seconds(text);
            default -> value(text);
        };
    }

    /** What PostgreSQL's answer means. */
    String targetValue(String text) {
        if (text == null) {
            return NULL;
        }
        return switch (family()) {
            case BITS -> targetType.startsWith("bit") ? new BigInteger(text, 2).toString() : value(text);
            case GEOMETRY -> withReference(text);
            case TIME -> text.contains(":") ? seconds(text) : value(text);
            default -> value(text);
        };
    }

    private String value(String text) {
        return switch (family()) {
            case FLOAT -> Integer.toHexString(Float.floatToIntBits((float) Double.parseDouble(text)));
            case DOUBLE -> Long.toHexString(Double.doubleToLongBits(Double.parseDouble(text)));
            case INTEGER, DECIMAL, BITS, TIME -> new BigDecimal(text)
                    .stripTrailingZeros()
                    .toPlainString();
            case MOMENT -> moment(text);
            default -> text.toUpperCase(Locale.ROOT);
        };
    }

    /** A day is midnight, and fractions have no zeros at their end. */
    private static String moment(String text) {
        String time = text.length() == "2020-01-01".length() ? text + MIDNIGHT : text;
        return time.contains(".") ? time.replaceAll("\\.?0+$", "") : time;
    }

    private static String seconds(String time) {
        String[] parts = time.replace("-", "").split(":");
        BigDecimal seconds = new BigDecimal(parts[0])
                .multiply(BigDecimal.valueOf(3600))
                .add(new BigDecimal(parts[1]).multiply(BigDecimal.valueOf(60)))
                .add(new BigDecimal(parts[2]));
        return (time.startsWith("-") ? seconds.negate() : seconds)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** EWKB as the source says it: the number of the reference, a colon, WKB without it. */
    private static String withReference(String hex) {
        BigInteger type = new BigInteger(littleEndian(hex.substring(2, 10)), 16);
        boolean referenced = type.intValue() != (type.intValue() & ~EWKB_SRID);
        if (!hex.startsWith("01") || !referenced) {
            return "0:" + hex;
        }
        String plain = littleEndian(String.format("%08X", type.intValue() & ~EWKB_SRID));
        return new BigInteger(littleEndian(hex.substring(10, 18)), 16) + ":01" + plain + hex.substring(18);
    }

    private static String littleEndian(String hex) {
        StringBuilder turned = new StringBuilder();
        for (int i = hex.length(); i > 0; i -= 2) {
            turned.append(hex, i - 2, i);
        }
        return turned.toString();
    }
}
