package io.postgresloader.type;

import io.postgresloader.model.ValuePolicies;
import java.util.Arrays;
import java.util.Optional;

/**
 * Text of any length, as UTF-8. The source sends the stored bytes of a column, so that invalid text is detected here
 * instead of being silently replaced by the server. PostgreSQL cannot store a NUL character.
 *
 * <p>The source converts text in another character set to UTF-8, and replaces invalid characters by {@code ?}. If the
 * conversion adds a {@code ?}, the SELECT expression prepends a byte that never occurs in UTF-8.
 *
 * @param characterSet the column's character set, as the source names it; empty if the type is always UTF-8
 * @param longest the maximum number of characters of the target type; PostgreSQL would truncate trailing blanks beyond
 *     it
 */
record TextMapping(String targetType, Optional<String> characterSet, ValuePolicies policies, int longest)
        implements TypeMapping {
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final byte MARK = (byte) 0xFF;

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
        String utf8 = "CONVERT(" + column + " USING utf8mb4)";
        return switch (characterSet.orElse("utf8mb4")) {
            case "utf8", "utf8mb3", "utf8mb4" -> column;
                // Each of the 256 bytes is a valid character.
            case "latin1" -> utf8;
            default -> "IF(" + questionMarks(utf8) + " = " + questionMarks(column) + ", " + utf8
                    + ", CONCAT(X'FF', CAST(" + utf8 + " AS BINARY)))";
        };
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws UnstorableValueException {
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
        return "CHAR_LENGTH(" + text + ") - CHAR_LENGTH(REPLACE(" + text + ", '?', ''))";
    }

    private byte[] replaced(byte[] text) throws UnstorableValueException {
        if (policies.invalidText() == ValuePolicies.InvalidText.REJECT) {
            throw new UnstorableValueException("22021", "the text is not valid in its character set");
        }
        boolean marked = text[0] == MARK;
        return Utf8.repaired(marked ? Arrays.copyOfRange(text, 1, text.length) : text);
    }

    private byte[] stripped(byte[] text) throws UnstorableValueException {
        if (policies.nulCharacters() == ValuePolicies.NulCharacters.REJECT) {
            throw new UnstorableValueException("22021", "the text has a NUL character, which PostgreSQL cannot store");
        }
        return Utf8.withoutNul(text);
    }
}
