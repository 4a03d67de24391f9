package io.postgresloader.type;

/**
 * How PostgreSQL prints the values of a type. Cells have the same value although the servers print it differently:
 * {@code 1e300} and {@code 1e+300}, {@code 10:00:00.500000} and {@code 10:00:00.5}, {@code 1} and {@code t}, and a FLOAT
 * that is widened to a double and the {@code real} with as few digits as it needs. Every other type is {@link #PLAIN}.
 */
public enum CellForm {
    PLAIN,
    FLOAT,
    DOUBLE,
    SECONDS,
    BOOLEAN;

    /** The form of a PostgreSQL type. */
    public static CellForm of(String type) {
        if (type.startsWith("timestamp") || type.startsWith("interval") || type.startsWith("time")) {
            return SECONDS;
        }
        return switch (type) {
            case "real" -> FLOAT;
            case "double precision" -> DOUBLE;
            case "boolean" -> BOOLEAN;
            default -> PLAIN;
        };
    }

    /**
     * Whether two cells have the same value.
     *
     * @param source a cell in COPY format, encoded for a type of this form
     * @param target a cell as PostgreSQL copies it
     */
    public boolean equal(String source, String target) {
        return source.equals(target) || bothValues(source, target) && equalValues(source, target);
    }

    private static boolean bothValues(String one, String other) {
        return !one.equals("\\N") && !other.equals("\\N");
    }

    private boolean equalValues(String source, String target) {
        return switch (this) {
            case PLAIN -> false;
            case FLOAT -> Float.floatToIntBits((float) Double.parseDouble(source))
                    == Float.floatToIntBits(Float.parseFloat(target));
            case DOUBLE -> Double.doubleToLongBits(Double.parseDouble(source))
                    == Double.doubleToLongBits(Double.parseDouble(target));
            case SECONDS -> withoutZeros(source).equals(withoutZeros(target));
            case BOOLEAN -> source.equals(target.equals("t") ? "1" : "0");
        };
    }

    /** Without trailing zeros of the fraction and without an offset of zero, which do not change the value. */
    private static String withoutZeros(String time) {
        String local = time.endsWith("+00") ? time.substring(0, time.length() - 3) : time;
        return local.indexOf('.') < 0 ? local : local.replaceFirst("\\.?0+$", "");
    }
}
