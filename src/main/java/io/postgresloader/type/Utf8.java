package io.postgresloader.type;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Functions on the bytes of a text. */
final class Utf8 {
    private Utf8() {}

    static boolean hasNul(byte[] text) {
        for (byte b : text) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    static byte[] withoutNul(byte[] text) {
        byte[] kept = new byte[text.length];
        int length = 0;
        for (byte b : text) {
            if (b != 0) {
                kept[length++] = b;
            }
        }
        return Arrays.copyOf(kept, length);
    }

    /** Whether PostgreSQL accepts the bytes as UTF-8: no overlong forms, no surrogates. */
    static boolean valid(byte[] text) {
        int all = 0;
        for (byte b : text) {
            all |= b;
        }
        return all >= 0 || decodes(text);
    }

    /** The text with U+FFFD in place of each invalid sequence. */
    static byte[] repaired(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a text has the character U+FFFD, which stands for what could not be converted. */
    static boolean hasReplacement(byte[] text) {
        for (int i = 2; i < text.length; i++) {
            if (text[i] == (byte) 0xBD && text[i - 1] == (byte) 0xBF && text[i - 2] == (byte) 0xEF) {
                return true;
            }
        }
        return false;
    }

    /** The number of characters of a valid text, counted as by PostgreSQL. */
    static int characters(byte[] text) {
        int characters = 0;
        for (byte b : text) {
            boolean continuation = (b & 0xC0) == 0x80;
            characters += continuation ? 0 : 1;
        }
        return characters;
    }

    private static boolean decodes(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
