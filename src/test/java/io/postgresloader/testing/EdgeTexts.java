package io.postgresloader.testing;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts and bytes that lose their way: those that mean something to a format on it, and the longest. */
final class EdgeTexts {
    /** Bytes; types that may be longer than {@code text} are not filled to their end. */
    private static final long LONGEST = 100_000;

    private static final String THREE_BYTES = "牙";

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "  two blanks on each side  ",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "\\",
            "\\\\",
            "\\N",
            "\\.",
            "\n\\.\n",
            "\\x41",
            "'",
            "\"",
            "''",
            "tab\tline\nreturn\rback\\slash'quote\"",
            "NULL",
            "0000-00-00",
            "{\"a\": [1, null]}",
            "<&amp;>,;",
            "%s %n {} ${body} #{bean} :#key ?",
            "'; DROP TABLE x; --",
            // A cell of which a faulty page would make another column or row.
            "a\tb",
            "a\nb",
            "\u0001",
            "\u001a",
            "\u007f",
            "\u0080\u0085\u00a0",
            "\u07ff\u0800",
            "e\u0301 é",
            "ß ẞ ı İ",
            "Приём",
            THREE_BYTES,
            "\u202eعيادة",
            "\u2028\u2029\u200b",
            "\ufeff",
            "\ufffd",
            "\uffff",
            IntStream.rangeClosed(1, 127).mapToObj(Character::toString).collect(Collectors.joining()));

    private EdgeTexts() {}

    /**
     * @param characters the most that fit
     * @param bytes the most that fit, in UTF-8
     */
    static List<String> texts(long characters, long bytes) {
        Stream<String> fitting = TEXTS.stream()
                .filter(text -> text.length() <= characters && utf8(text).length <= bytes)
                .map(EdgeTexts::literal);
        return Stream.concat(
                        fitting,
                        Stream.of(repeated("x", characters), repeated(THREE_BYTES, Math.min(characters, bytes / 3))))
                .toList();
    }

    static List<String> bytes(long length) {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        Stream<byte[]> values = Stream.of(
                new byte[0],
                new byte[] {0},
                new byte[] {(byte) 0xFF},
                new byte[] {'\\', 'N'},
                new byte[] {'\\', 'x', '0', '0'},
                new byte[] {'\t', '\n', '\\', '\''},
                new byte[] {(byte) 0xC3, 0x28},
                all);
        return Stream.concat(
                        values.filter(value -> value.length <= length).map(EdgeTexts::hex),
                        Stream.of("REPEAT(X'00', " + Math.min(length, LONGEST) + ")"))
                .toList();
    }

    /** The text as SQL that no quoting can hurt. */
    private static String literal(String text) {
        return "_utf8mb3 " + hex(utf8(text));
    }

    private static String hex(byte[] bytes) {
        return "X'" + HexFormat.of().formatHex(bytes) + "'";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String repeated(String character, long times) {
        return "REPEAT(" + literal(character) + ", " + Math.min(times, LONGEST / utf8(character).length) + ")";
    }
}
