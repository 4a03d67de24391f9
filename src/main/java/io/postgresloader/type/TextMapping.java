package io.postgresloader.type;

import io.postgresloader.model.ValuePolicies;
import java.util.Arrays;
import java.util.Optional;

/**
 * Text of any length, as UTF-8. The source sends the stored bytes of a column, so that invalid text is detected here
 * instead of being silently replaced by the server. PostgreSQL cannot store a NUL character.
 *
 * <p>The source converts text in another character set to UTF-8. Three things can become of a text that is not in the
 * data, and the SELECT expression shows each by a byte that never occurs in UTF-8:
 *
 * <ul>
 *   <li>The server replaces invalid characters by {@code ?}: if the conversion adds a {@code ?}, {@link #REPLACED} goes
 *       before the text.
 *   <li>MySQL 8.0 ends the text at an invalid character: if the result has fewer characters, it is only {@link #CUT}.
 *   <li>A function of the server returns NULL where its result would be longer than {@code max_allowed_packet}: the
 *       result is only {@link #TOO_LONG}.
 * </ul>
 *
 * @param characterSet the column's character set, as the source names it; empty if the type is always UTF-8
 * @param longest the maximum number of characters of the target type; PostgreSQL would truncate trailing blanks beyond
 *     it
 */
record TextMapping(String targetType, Optional<String> characterSet, ValuePolicies policies, int longest)
        implements TypeMapping {
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final byte REPLACED = (byte) 0xFF;
    private static final byte CUT = (byte) 0xFE;
    private static final byte TOO_LONG = (byte) 0xFD;

    static TextMapping of(String targetType, Optional<String> characterSet, ValuePolicies policies) {
        return new TextMapping(targetType, characterSet, policies, UNLIMITED);
    }

    static TextMapping utf8(String targetType, ValuePolicies policies) {
        return of(targetType, Optional.empty(), policies);
    }

    /** The same mapping for another target type. */
    TextMapping into(String otherType, int characters) {
        return new TextMapping(otherType, characterSet, policies, characters);
    }

    @Override
    public String select(String column) {
        if (!converted()) {
            return column;
        }
        String utf8 = "CONVERT(" + column + " USING utf8mb4)";
        if (characterSet.get().equals("latin1")) {
            // Each of the 256 bytes is a valid character.
            return "IFNULL(" + utf8 + ", IF(" + column + " IS NULL, NULL, X'FD'))";
        }
        String same =
                questionMarks(utf8) + " = " + questionMarks(column) + " AND " + length(utf8) + " = " + length(column);
        String replaced = "IFNULL(CONCAT(X'FF', CAST(" + utf8 + " AS BINARY)), X'FD')";
        return "IF(" + column + " IS NULL, NULL, CASE " + same + " WHEN 1 THEN " + utf8 + " WHEN 0 THEN IF("
                + length(utf8) + " < " + length(column) + ", X'FE', " + replaced + ") ELSE X'FD' END)";
    }

    /** Whether the source converts the text to UTF-8. */
    private boolean converted() {
        return switch (characterSet.orElse("utf8mb4")) {
            case "utf8", "utf8mb3", "utf8mb4" -> false;
            default -> true;
        };
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws UnstorableValueException {
        requireWhole(value);
        byte[] text = value;
        if (!Utf8.valid(text)) {
            text = replaced(text);
            out.countTextReplaced();
        }
        if (Utf8.hasNul(text)) {
            text = stripped(text);
            out.countNulStripped();
        }
        if (text.length > longest && Utf8.characters(text) > longest) {
            throw new UnstorableValueException("22001", "the value is longer than the column");
        }
        out.appendEscaped(text);
    }

    private static String questionMarks(String text) {
        return length(text) + " - " + length("REPLACE(" + text + ", '?', '')");
    }

    private static String length(String text) {
        return "CHAR_LENGTH(" + text + ")";
    }

    /** A marker in place of the text: the text did not arrive, whatever the policies say of invalid characters. */
    private void requireWhole(byte[] value) throws UnstorableValueException {
        if (value.length != 1 || !converted()) {
            return;
        }
        if (value[0] == TOO_LONG) {
            throw new UnstorableValueException(
                    "54000",
                    "the text is too long for the source to convert: raise max_allowed_packet there to more than the"
                            + " longest text, counted in the bytes of its character set and of UTF-8");
        }
        if (value[0] == CUT) {
            throw new UnstorableValueException(
                    "22021", "the text is not valid in its character set, and the source cuts it at the invalid place");
        }
    }

    private byte[] replaced(byte[] text) throws UnstorableValueException {
        if (policies.invalidText() == ValuePolicies.InvalidText.REJECT) {
            throw new UnstorableValueException("22021", "the text is not valid in its character set");
        }
        boolean marked = text[0] == REPLACED;
        return Utf8.repaired(marked ? Arrays.copyOfRange(text, 1, text.length) : text);
    }

    private byte[] stripped(byte[] text) throws UnstorableValueException {
        if (policies.nulCharacters() == ValuePolicies.NulCharacters.REJECT) {
            throw new UnstorableValueException("22021", "the text has a NUL character, which PostgreSQL cannot store");
        }
        return Utf8.withoutNul(text);
    }
}
