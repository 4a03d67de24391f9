package io.postgresloader.app;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Help;

/** The commands as the help of the program lists them: by what people want of them. */
enum CommandGroup {
    LOAD("Load:", "run", "once", "replay"),
    LOOK("Look:", "status", "plan", "verify", "health"),
    SET_UP("Set up:", "analyze", "init", "schema", "completion", "help"),
    TRY("Try it, by Maven only:", "demo", "benchmark");

    /** So that the descriptions of all groups begin in one column. */
    private static final int LONGEST = "completion".length();

    private final String heading;
    private final List<String> commands;

    CommandGroup(String heading, String... commands) {
        this.heading = heading;
        this.commands = List.of(commands);
    }

    /** The names of all commands, for completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(values()).flatMap(group -> group.commands.stream()).iterator();
        }
    }

    /** The section of the help with all groups; the first line of a command's description says what it does. */
    static String list(Help help) {
        StringBuilder list = new StringBuilder();
        for (CommandGroup group : values()) {
            Map<String, String> lines = new LinkedHashMap<>();
            group.commands.forEach(name -> lines.put(String.format("%-" + LONGEST + "s", name), summary(help, name)));
            list.append(help.createHeading("%n" + group.heading + "%n")).append(help.createTextTable(lines));
        }
        return list.toString();
    }

    private static String summary(Help help, String command) {
        return help.subcommands().get(command).commandSpec().usageMessage().description()[0];
    }
}
