package io.postgresloader.app;

import io.postgresloader.model.DeadLetters;
import io.postgresloader.tracking.DeadLetterTable;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Stack;
import java.util.stream.Collectors;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option {@code --allow-dead-letters}: how many open dead letters a command accepts before it exits with 1. */
final class DeadLetterOption {
    /** More tables are counted, not named. */
    private static final int NAMED = 10;

    @Option(
            names = "--allow-dead-letters",
            paramLabel = "N",
            arity = "0..1",
            preprocessor = AttachedNumber.class,
            description = "Exit with 0 although dead letters of these tables are open: at most N of them, or any"
                    + " number (default: 0).")
    private long allowed;

    /** So many open dead letters are accepted. */
    long allowed() {
        return allowed;
    }

    /**
     * Prints how many dead letters are open.
     *
     * @param exitCode the exit code of the command so far
     * @param tables the tables that the command was asked for
     * @return the exit code with regard to the open dead letters
     */
    int exitCode(int exitCode, DeadLetterTable deadLetters, Collection<String> tables, PrintWriter err) {
        Map<String, Long> open = deadLetters.open(tables);
        long sum = open.values().stream().mapToLong(Long::longValue).sum();
        if (sum == 0) {
            return exitCode;
        }
        boolean accepted = sum <= allowed;
        err.println((sum == 1 ? "1 dead letter is open: " : DeadLetters.count(sum) + " are open: ")
                + named(open)
                + (accepted
                        ? "; accepted by --allow-dead-letters"
                        : "; status shows a reason of each table; fix the cause and run replay, or once after a failed"
                                + " load; or accept them with --allow-dead-letters=" + sum));
        err.flush();
        return accepted ? exitCode : Math.max(exitCode, ExitCode.FAILED);
    }

    private static String named(Map<String, Long> open) {
        String first = open.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(NAMED)
                .map(table -> table.getKey() + " " + table.getValue())
                .collect(Collectors.joining(", "));
        return open.size() > NAMED ? first + " and " + (open.size() - NAMED) + " more tables" : first;
    }

    /**
     * Takes a number that follows the option. Any other word is an argument of its own, such as {@code TABLE}, unless it
     * is attached to the option.
     */
    static final class AttachedNumber implements IParameterPreprocessor {
        /** What picocli has as the separator of an option and the next argument. */
        private static final String DETACHED = " ";

        private static final BigInteger MANY = BigInteger.valueOf(Long.MAX_VALUE);

        @Override
        public boolean preprocess(
                Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> parserState) {
            boolean number = !words.isEmpty() && words.peek().matches("-?[0-9]+");
            if (!number && !DETACHED.equals(parserState.get("separator"))) {
                throw notAllowed(command, words.isEmpty() ? "" : words.peek());
            }
            BigInteger most = number ? new BigInteger(words.pop()) : MANY;
            if (most.signum() < 0 || most.compareTo(MANY) > 0) {
                throw notAllowed(command, most.toString());
            }
            option.setValue(most.longValueExact());
            return true;
        }

        private static ParameterException notAllowed(CommandSpec command, String found) {
            return new ParameterException(
                    command.commandLine(),
                    "--allow-dead-letters: found " + (found.isEmpty() ? "nothing" : found) + "; expected 0 to " + MANY
                            + ", or no number");
        }
    }
}
