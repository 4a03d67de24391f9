package io.postgresloader.type;

/**
 * The text form of a key, free of the NUL character: keys are kept as jsonb, which has none, and a key that has one is
 * just what a dead letter must name. NUL is written as {@code \0} and a backslash as two.
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
