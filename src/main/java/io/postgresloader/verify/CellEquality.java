package io.postgresloader.verify;

import io.postgresloader.type.RowFormat;
import java.util.List;

/**
 * Whether cells have the same value although the servers print it differently: {@code 1e300} and {@code 1e+300},
 * {@code 10:00:00.500000} and {@code 10:00:00.5}, {@code 1} and {@code t}. A form that is not known here costs a recheck
 * of the row and causes no error.
 */
final class CellEquality {
    private enum Form {
        PLAIN,
        FLOAT,
        DOUBLE,
        SECONDS,
        BOOLEAN
    }

    private final Form[] forms;

    CellEquality(RowFormat format) {
        forms = format.targetTypes().values().stream().map(CellEquality::form).toArray(Form[]::new);
    }

    boolean equal(List<String> source, List<String> target) {
        for (int i = 0; i < forms.length; i++) {
            String one = source.get(i);
            String other = target.get(i);
            if (!one.equals(other) && !(bothValues(one, other) && equal(forms[i], one, other))) {
                return false;
            }
        }
        return true;
    }

    private static Form form(String type) {
        if (type.startsWith("timestamp") || type.startsWith("interval") || type.startsWith("time")) {
            return Form.SECONDS;
        }
        return switch (type) {
            case "real" -> Form.FLOAT;
            case "double precision" -> Form.DOUBLE;
            case "boolean" -> Form.BOOLEAN;
            default -> Form.PLAIN;
        };
    }

    private static boolean bothValues(String one, String other) {
        return !one.equals("\\N") && !other.equals("\\N");
    }

    private static boolean equal(Form form, String source, String target) {
        return switch (form) {
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
