package io.postgresloader.type;

/**
 * Escapes the text form of a key. Keys are stored as jsonb, which does not support the NUL character, and dead letters
 * must be able to name a key that contains one. NUL is written as {@code \0}, and a backslash as two backslashes.
 */
final class KeyText {
    private KeyText() {}

    static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\0", "\\0");
    }

    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                c = text.charAt(i) == '0' ? '\0' : text.charAt(i);
            }
            value.append(c);
        }
        return value.toString();
    }
}
