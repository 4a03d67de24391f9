package io.postgresloader.config.dbt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes of a text at places that are known by their offsets in the text before any change. */
final class TextEdits {
    private final String text;
    private final List<Edit> edits = new ArrayList<>();

    /** @param text ends with a line end */
    TextEdits(String text) {
        this.text = text;
    }

    /** @param depth of two insertions at one place, the deeper one comes first */
    private record Edit(int from, int to, String replacement, int depth) {}

    /** How many edits there are. */
    int count() {
        return edits.size();
    }

    /** Takes back all edits but the first ones. */
    void keep(int count) {
        edits.subList(count, edits.size()).clear();
    }

    void replace(int from, int to, String replacement) {
        edits.add(new Edit(from, to, replacement, 0));
    }

    /** Inserts a text after those that were inserted at the same place before. */
    void insert(int at, String inserted) {
        replace(at, at, inserted);
    }

    /**
     * Inserts lines below the line of an offset.
     *
     * @param depth how deep the block is to which the lines are added: several blocks may end with one line
     */
    void insertBelow(int offset, String lines, int depth) {
        int at = endOfLine(offset) + 1;
        edits.add(new Edit(at, at, lines + "\n", depth));
    }

    /** Removes the lines from the one of an offset to the one of another. */
    void removeLines(int from, int to) {
        replace(startOfLine(from), endOfLine(to) + 1, "");
    }

    int startOfLine(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    int endOfLine(int offset) {
        return text.indexOf('\n', offset);
    }

    /** The changed text. */
    String apply() {
        StringBuilder changed = new StringBuilder();
        int from = 0;
        Comparator<Edit> order = Comparator.comparingInt(Edit::from)
                .thenComparingInt(Edit::to)
                .thenComparing(Comparator.comparingInt(Edit::depth).reversed());
        for (Edit edit : edits.stream().sorted(order).toList()) {
            changed.append(text, from, edit.from()).append(edit.replacement());
            from = edit.to();
        }
        return changed.append(text.substring(from)).toString();
    }
}
