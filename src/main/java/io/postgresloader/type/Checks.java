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

/** What a target type would lose of a value without a word. */
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

    /** A number that a binary floating-point type prints back as it is. */
    static Check printsBack(boolean real) {
        return value -> {
            double parsed = Double.parseDouble(text(value));
            String printed = real ? Float.toString((float) parsed) : Double.toString(parsed);
            boolean finite = real ? Float.isFinite((float) parsed) : Double.isFinite(parsed);
            if (!finite || new BigDecimal(printed).compareTo(new BigDecimal(text(value))) != 0) {
                throw new RejectedValueException("22003", "the number has more digits than the target's type");
            }
        };
    }

    /** Seconds with at most so many digits behind the point that are not 0. */
    static Check fraction(int digits) {
        return value -> {
            int point = text(value).indexOf('.');
            for (int i = point + 1 + digits; point >= 0 && i < value.length; i++) {
                if (value[i] != '0') {
                    throw new RejectedValueException("22008", "the seconds have more digits than the target's type");
                }
            }
        };
    }

    /** A datetime at midnight. */
    static Check noTimeOfDay() {
        return value -> {
            if (DateMapping.hasTimeOfDay(value)) {
                throw new RejectedValueException("22008", "the value has a time of day, the target's type has none");
            }
        };
    }

    /** A time from 00:00:00 to 24:00:00. */
    static Check withinDay() {
        return value -> {
            Matcher time = TIME.matcher(text(value));
            if (!time.matches() || outsideDay(time)) {
                throw new RejectedValueException("22008", "the time is not within a day");
            }
        };
    }

    /** A text of one form: PostgreSQL reads others too, such as {@code tomorrow}, {@code NaN} or {@code 0x1F}. */
    static Check form(Pattern form) {
        return value -> {
            if (!form.matcher(new String(value, StandardCharsets.UTF_8)).matches()) {
                throw new RejectedValueException("22P02", "the text cannot be read as the column's type");
            }
        };
    }

    /** A JSON document whose objects have no key twice: jsonb keeps the last of them. Whether it is one, jsonb tells. */
    static Check noKeyTwice() {
        return value -> {
            try (JsonParser document = JSON.createParser(value)) {
                while (document.nextToken() != null) {
                    continue;
                }
            } catch (StreamConstraintsException tooLarge) {
                throw new RejectedValueException("54000", "the JSON document is too large or too deep");
            } catch (IOException e) {
                if (e.getMessage().startsWith("Duplicate")) {
                    throw new RejectedValueException(
                            "22030", "the JSON document has a key twice, of which jsonb keeps one");
                }
            }
        };
    }

    /** Bytes that are text. */
    static Check validText() {
        return value -> {
            if (!Utf8.valid(value) || Utf8.hasNul(value)) {
                throw new RejectedValueException("22021", "the bytes are no text in UTF-8");
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
