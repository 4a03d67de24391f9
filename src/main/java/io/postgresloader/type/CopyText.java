package io.postgresloader.type;

/** Decodes a cell of PostgreSQL's COPY text format. */
final class CopyText {
    private CopyText() {}

    static String unescape(String cell) {
        if (cell.indexOf('\\') < 0) {
            return cell;
        }
        StringBuilder text = new StringBuilder(cell.length());
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            text.append(c == '\\' ? letter(cell.charAt(++i)) : c);
        }
        return text.toString();
    }

    private static char letter(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000B';
            default -> escape;
        };
    }
}
