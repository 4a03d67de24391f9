package io.postgresloader.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The conversion of text to UTF-8 by the source, for columns in another character set. Invalid text does not make it
 * fail. Depending on product, version and character set, the server replaces invalid bytes by {@code ?} or U+FFFD,
 * leaves out what follows them, ends the text there, or returns NULL; and NULL where a result would be longer than
 * {@code max_allowed_packet}. The SELECT expression marks such a text by a first byte that never occurs in UTF-8:
 *
 * <ul>
 *   <li>{@link #REPLACED}: what the server made of the text follows.
 *   <li>{@link #STORED}: the stored bytes follow, because the server made nothing useful of them.
 *   <li>{@link #TOO_LONG}: nothing follows.
 * </ul>
 *
 * @param characterSet the column's character set, as the source names it
 */
record TextConversion(String characterSet) {
    private static final byte REPLACED = (byte) 0xFF;
    private static final byte STORED = (byte) 0xFE;
    private static final byte TOO_LONG = (byte) 0xFD;

    /** The encodings of Unicode: converted to UTF-8 and back, a valid text has its bytes again. */
    private static final Set<String> UNICODE = Set.of("ucs2", "utf16", "utf16le", "utf32");

    /** @return empty if the column's text is UTF-8 already */
    static Optional<TextConversion> of(Optional<String> characterSet) {
        return characterSet
                .filter(name -> !name.equals("utf8") && !name.equals("utf8mb3") && !name.equals("utf8mb4"))
                .map(TextConversion::new);
    }

    /** The SELECT expression for the converted or marked text. */
    String select(String column) {
        String utf8 = "CONVERT(" + column + " USING utf8mb4)";
        if (characterSet.equals("latin1")) {
            // Each of the 256 bytes is a valid character.
            return "IFNULL(" + utf8 + ", IF(" + column + " IS NULL, NULL, X'FD'))";
        }
        String checked = UNICODE.contains(characterSet) ? roundTrip(column, utf8) : compared(column, utf8);
        return "IF(" + column + " IS NULL, NULL, CASE " + checked + " END)";
    }

    private String roundTrip(String column, String utf8) {
        String back = binary("CONVERT(" + utf8 + " USING " + characterSet + ")");
        String stored = "CONCAT(X'FE', " + binary(column) + ")";
        // No character takes more than three times as many bytes in UTF-8: a shorter text becomes NULL only if it is
        // invalid.
        return back + " = " + binary(column) + " WHEN 1 THEN " + utf8 + " WHEN 0 THEN IFNULL(" + stored
                + ", X'FD') ELSE IF(3 * LENGTH(" + column + ") < @@max_allowed_packet, " + stored + ", X'FD')";
    }

    /**
     * The way back does not show invalid text here, as some characters have two codes. Question marks are counted as
     * bytes: in invalid text, one can pass for the second byte of a character.
     */
    private static String compared(String column, String utf8) {
        String converted = "CHAR_LENGTH(" + utf8 + ")";
        String stored = "CHAR_LENGTH(" + column + ")";
        String replaced = "CONCAT(X'FF', " + binary(utf8) + ", IF(" + converted + " < " + stored + ", '?', ''))";
        return questionMarks(utf8) + " = " + questionMarks(column) + " AND " + converted + " = " + stored
                + " WHEN 1 THEN " + utf8 + " WHEN 0 THEN IFNULL(" + replaced + ", X'FD') ELSE X'FD'";
    }

    private static String questionMarks(String text) {
        return "LENGTH(" + text + ") - LENGTH(REPLACE(" + binary(text) + ", '?', ''))";
    }

    private static String binary(String text) {
        return "CAST(" + text + " AS BINARY)";
    }

    /** Whether the text did not arrive, because a function of the source cannot return so long a one. */
    boolean tooLong(byte[] value) {
        return value.length == 1 && value[0] == TOO_LONG;
    }

    /** Whether this is not all of a valid text. */
    boolean invalid(byte[] value) {
        return !Utf8.valid(value) || !hasReplacement() && Utf8.hasReplacement(value);
    }

    /** The text with {@code ?} or U+FFFD in place of what is invalid. */
    byte[] repaired(byte[] value) {
        return switch (value[0]) {
            case REPLACED -> Utf8.repaired(Arrays.copyOfRange(value, 1, value.length));
            case STORED -> decoded(value);
            default -> Utf8.repaired(value);
        };
    }

    /** Decodes the stored bytes after the mark, unit by unit, so that what follows an invalid unit is kept. */
    private byte[] decoded(byte[] value) {
        int unit = characterSet.equals("utf32") ? 4 : 2;
        StringBuilder text = new StringBuilder();
        for (int at = 1; at < value.length; at += unit) {
            int number = at + unit > value.length ? -1 : number(value, at, unit);
            text.append(Character.isValidCodePoint(number) ? Character.toString(number) : "?");
        }
        // Half of a surrogate pair becomes a question mark.
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private int number(byte[] value, int at, int unit) {
        int number = 0;
        for (int i = 0; i < unit; i++) {
            int place = characterSet.equals("utf16le") ? at + unit - 1 - i : at + i;
            number = number << 8 | value[place] & 0xFF;
        }
        return number;
    }

    /** Whether U+FFFD is a character of the character set, and need not be the server's replacement. */
    private boolean hasReplacement() {
        return UNICODE.contains(characterSet) || characterSet.equals("gb18030");
    }
}
