package io.postgresloader.config.tables;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds {@code timestamps: local} to tables of a table list. Comments and layout of the file stay. */
public final class TimestampsEdit {
    private static final String OPTION = "timestamps: local";

    /** The line of a table: its indentation and name, and what follows the colon, without a comment. */
    private static final Pattern ENTRY = Pattern.compile("(\\s*)(.+?:)(\\s*)(\\{.*|)(\\s*#.*)?");

    private TimestampsEdit() {}

    /**
     * The text of the file with the option added.
     *
     * @param catalog the tables of this text
     * @param tables tables of the catalog that do not have the option yet
     */
    public static String apply(String text, Catalog catalog, List<String> tables) {
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        List<String> lines = new ArrayList<>(List.of(text.split("\r?\n", -1)));
        tables.stream()
                .map(catalog.lines()::get)
                .sorted(Comparator.reverseOrder())
                .forEach(number -> add(lines, number - 1));
        return String.join(lineEnd, lines);
    }

    /** A line of another form, such as one with an alias, stays; {@link #missing} finds the table. */
    private static void add(List<String> lines, int index) {
        Matcher entry = ENTRY.matcher(lines.get(index));
        if (!entry.matches()) {
            return;
        }
        if (entry.group(4).isEmpty()) {
            lines.add(index + 1, indentation(lines, index, entry.group(1)) + OPTION);
            return;
        }
        int brace = entry.start(4) + 1;
        String rest = lines.get(index).substring(brace);
        boolean empty = rest.stripLeading().startsWith("}");
        lines.set(index, lines.get(index).substring(0, brace) + OPTION + (empty ? "" : ", ") + rest);
    }

    /** That of the options that the table has, or two blanks more than the table's own. */
    private static String indentation(List<String> lines, int index, String own) {
        for (int i = index + 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                String next =
                        line.substring(0, line.length() - line.stripLeading().length());
                return next.length() > own.length() ? next : own + "  ";
            }
        }
        return own + "  ";
    }

    /** The tables of these that do not have the option in the edited file. */
    public static List<String> missing(Catalog edited, List<String> tables) {
        return tables.stream()
                .filter(table -> edited.table(table)
                        .flatMap(options -> options.columns().policies().timestamps())
                        .isEmpty())
                .toList();
    }
}
