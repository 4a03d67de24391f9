package io.postgresloader.type;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.postgresloader.type.CheckedMapping.Check;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks for values that PostgreSQL would silently change when it converts them to the target type. */
final class Checks {
    private static final Pattern TIME = Pattern.compile("(-?)(\\d+):(\\d\\d):(\\d\\d)(?:\\.(\\d+))?");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(100_000)
                    .build())
            .build();

    private Checks() {}

    /** Accepts numbers that survive the round trip through a binary floating-point type. */
    static Check roundTrips(boolean real) {
        return value -> {
            double parsed = Double.parseDouble(text(value));
            String printed = real ? Float.toString((float) parsed) : Double.toString(parsed);
            boolean finite = real ? Float.isFinite((float) parsed) : Double.isFinite(parsed);
            if (!finite || new BigDecimal(printed).compareTo(new BigDecimal(text(value))) != 0) {
                throw new UnstorableValueException("22003", "the number has more digits than the target type");
            }
        };
    }

    /** Accepts times whose fraction has at most this many digits, apart from trailing zeros. */
    static Check fraction(int digits) {
        return value -> {
            int point = text(value).indexOf('.');
            for (int i = point + 1 + digits; point >= 0 && i < value.length; i++) {
                if (value[i] != '0') {
                    throw new UnstorableValueException(
                            "22008", "the fraction of the seconds has more digits than the" + " target type");
                }
            }
        };
    }

    /** Accepts datetimes at midnight. */
    static Check noTimeOfDay() {
        return value -> {
            if (DateMapping.hasTimeOfDay(value)) {
                throw new UnstorableValueException(
                        "22008", "the value has a time of day, which the target type cannot" + " store");
            }
        };
    }

    /** Accepts times from 00:00:00 to 24:00:00. */
    static Check withinDay() {
        return value -> {
            Matcher time = TIME.matcher(text(value));
            if (!time.matches() || outsideDay(time)) {
                throw new UnstorableValueException("22008", "the time is not within a day");
            }
        };
    }

    /** Accepts texts of this form only: PostgreSQL would also accept {@code tomorrow}, {@code NaN} or {@code 0x1F}. */
    static Check form(Pattern form) {
        return value -> {
            if (!form.matcher(new String(value, StandardCharsets.UTF_8)).matches()) {
                throw new UnstorableValueException("22P02", "the text is not a valid value of the column's type");
            }
        };
    }

    /**
     * Accepts JSON documents without duplicate keys, of which jsonb would keep only the last. PostgreSQL itself
     * validates the document.
     */
    static Check noDuplicateKeys() {
        return value -> {
            try (JsonParser document = JSON.createParser(value)) {
                while (document.nextToken() != null) {
                    continue;
                }
            } catch (StreamConstraintsException tooLarge) {
                throw new UnstorableValueException("54000", "the JSON document is too large or too deep");
            } catch (IOException e) {
                if (e.getMessage().startsWith("Duplicate")) {
                    throw new UnstorableValueException(
                            "22030", "the JSON document has a duplicate key, of which jsonb keeps only one");
                }
            }
        };
    }

    /** Accepts bytes that are valid text. */
    static Check validText() {
        return value -> {
            if (!Utf8.valid(value) || Utf8.hasNul(value)) {
                throw new UnstorableValueException("22021", "the bytes are not valid UTF-8 text");
            }
        };
    }

    private static boolean outsideDay(Matcher time) {
        int hours = Integer.parseInt(time.group(2));
        boolean nothingElse = (time.group(3) + time.group(4) + (time.group(5) == null ? "" : time.group(5)))
                .chars()
                .allMatch(digit -> digit == '0');
        boolean zero = hours == 0 && nothingElse;
        return time.group(1).equals("-") && !zero || hours > 24 || hours == 24 && !nothingElse;
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.US_ASCII);
    }
}
