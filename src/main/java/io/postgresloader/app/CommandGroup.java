package io.postgresloader.app;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Help;

/** The groups in which {@code --help} lists the commands, by task. */
enum CommandGroup {
    LOAD("Load:", "run", "once", "replay", "pause", "resume"),
    INSPECT("Inspect:", "status", "wait", "doctor", "plan", "verify", "health"),
    SET_UP("Set up:", "analyze", "init", "dbt", "schema", "completion", "help"),
    TRY("Demo and benchmark (with Maven only):", "demo", "benchmark");

    /** The width of the name column, so that the descriptions of all groups are aligned. */
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

    /** The help section with all groups. Each command is shown with the first line of its description. */
    static String list(Help help) {
        StringBuilder list = new StringBuilder();
        for (CommandGroup group : values()) {
            Map<String, String> lines = new LinkedHashMap<>();
            group.commands.forEach(
                    name -> lines.put(String.format(Locale.ROOT, "%-" + LONGEST + "s", name), summary(help, name)));
            list.append(help.createHeading("%n" + group.heading + "%n")).append(help.createTextTable(lines));
        }
        return list.toString();
    }

    private static String summary(Help help, String command) {
        return help.subcommands().get(command).commandSpec().usageMessage().description()[0];
    }
}
