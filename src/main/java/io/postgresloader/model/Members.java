package io.postgresloader.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The members of an {@code enum} or {@code set} column. MySQL stores a value as a number and has it in that order in its
 * indexes: the place of an {@code enum}'s member, from 1 on, or the sum of a bit for each member of a {@code set}.
 *
 * @param names as declared, in order
 * @param several whether a value has any number of members
 */
public record Members(List<String> names, boolean several) {
    private static final Pattern TYPE = Pattern.compile("(enum|set)\\((.*)\\).*", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("'((?:[^']|'')*)'(?:,|$)");

    /** The servers compare such a value with a number as a floating-point number, which has 53 digits. */
    private static final int MOST_OF_A_SET = 53;

    public Members {
        names = List.copyOf(names);
    }

    /**
     * The members that a type declares; empty if their numbers cannot be known. The servers differ in how they show a
     * backslash, and show a question mark in place of some characters.
     *
     * @param columnType as {@link Column#columnType()}
     */
    static Optional<Members> of(String columnType) {
        Matcher type = TYPE.matcher(columnType);
        if (!type.matches() || type.group(2).contains("\\") || type.group(2).contains("?")) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        Matcher name = NAME.matcher(type.group(2));
        while (name.find()) {
            names.add(name.group(1).replace("''", "'"));
        }
        boolean several = type.group(1).equals("set");
        return several && names.size() > MOST_OF_A_SET ? Optional.empty() : Optional.of(new Members(names, several));
    }

    /**
     * The number that the source stores for a value.
     *
     * @throws IllegalArgumentException if the type has no such value
     */
    public long number(String value) {
        if (value.isEmpty() && (several || !names.contains(value))) {
            return 0;
        }
        if (!several) {
            return 1L + index(value);
        }
        long number = 0;
        for (String member : value.split(",")) {
            number |= 1L << index(member);
        }
        return number;
    }

    private int index(String member) {
        int index = names.indexOf(member);
        if (index < 0) {
            throw new IllegalArgumentException("not a member of the type");
        }
        return index;
    }
}
