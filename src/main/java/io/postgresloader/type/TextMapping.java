package io.postgresloader.type;

import io.postgresloader.model.ValuePolicies;
import java.util.Arrays;
import java.util.Optional;

/**
 * Text of any length, as UTF-8. The source sends the bytes of a column as they are, so that what is not valid in its
 * character set is seen here and not replaced by the server without a word. PostgreSQL has no way to store a NUL
 * character.
 *
 * <p>Text in another character set than UTF-8 is converted by the source, which puts {@code ?} where it cannot. A text
 * with more of these than before is marked with a byte that UTF-8 never has.
 *
 * @param characterSet the source's name of the column's character set; empty where it is UTF-8 by definition
 * @param longest the most characters that the target holds; PostgreSQL itself would cut blanks beyond them
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

    /** The same text in a column of another type. */
    TextMapping into(String otherType, int characters) {
        return new TextMapping(otherType, characterSet, policies, characters);
    }

    @Override
    public String select(String column) {
        String utf8 = "CONVERT(" + column + " USING utf8mb4)";
        return switch (characterSet.orElse("utf8mb4")) {
            case "utf8", "utf8mb3", "utf8mb4" -> column;
                // Each of its 256 bytes has a character of its own.
            case "latin1" -> utf8;
            default -> "IF(" + questionMarks(utf8) + " = " + questionMarks(column) + ", " + utf8
                    + ", CONCAT(X'FF', CAST(" + utf8 + " AS BINARY)))";
        };
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws RejectedValueException {
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
            throw new RejectedValueException("22001", "the value is longer than the column");
        }
        out.appendEscaped(text);
    }

    private static String questionMarks(String text) {
        return "CHAR_LENGTH(" + text + ") - CHAR_LENGTH(REPLACE(" + text + ", '?', ''))";
    }

    private byte[] replaced(byte[] text) throws RejectedValueException {
        if (policies.invalidText() == ValuePolicies.InvalidText.REJECT) {
            throw new RejectedValueException("22021", "the text is not valid in its character set");
        }
        boolean marked = text[0] == MARK;
        return Utf8.repaired(marked ? Arrays.copyOfRange(text, 1, text.length) : text);
    }

    private byte[] stripped(byte[] text) throws RejectedValueException {
        if (policies.nulCharacters() == ValuePolicies.NulCharacters.REJECT) {
            throw new RejectedValueException("22021", "the text has a NUL character, which PostgreSQL cannot hold");
        }
        return Utf8.withoutNul(text);
    }
}
