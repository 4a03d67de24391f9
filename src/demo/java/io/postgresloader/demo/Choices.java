package io.postgresloader.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Words of an option that name some of several things. */
final class Choices {
    private static final String ALL = "all";

    private Choices() {}

    /**
     * The things that the words name, in their own order; {@code all} names all of them.
     *
     * @param option for the message of a word that names none
     */
    static <T> List<T> of(CommandSpec command, String option, List<String> words, Map<String, T> things) {
        for (String word : words) {
            if (!things.containsKey(word) && !word.equals(ALL)) {
                throw new CommandLine.ParameterException(
                        command.commandLine(),
                        option + ": there is no '" + word + "'; allowed: " + String.join(", ", things.keySet()) + ", "
                                + ALL);
            }
        }
        List<T> chosen = new ArrayList<>();
        things.forEach((word, thing) -> {
            if (words.contains(word) || words.contains(ALL)) {
                chosen.add(thing);
            }
        });
        return chosen;
    }
}
