package io.postgresloader.app;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The help of the program as a whole. What its commands share with it is in the annotation of {@link RootCommand}. */
final class ProgramHelp {
    private static final String[] CLOSING = {
        "%nThe first steps:",
        "  postgres-loader --help-settings  # where your databases are, and more",
        "  postgres-loader analyze          # writes the table list",
        "  postgres-loader init             # creates the tracking tables",
        "  postgres-loader once             # loads all tables",
        "%nHelp on a command: postgres-loader help COMMAND",
        "The manual: src/site/markdown/index.md of the project"
    };

    private ProgramHelp() {}

    /** Commands come first, in groups, and at the end the way into the program and the manual. */
    static void describe(CommandLine program) {
        List<String> sections = new ArrayList<>(program.getHelpSectionKeys());
        sections.remove(SECTION_KEY_COMMAND_LIST);
        sections.add(sections.indexOf(SECTION_KEY_DESCRIPTION) + 1, SECTION_KEY_COMMAND_LIST);
        program.setHelpSectionKeys(sections);
        program.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST, CommandGroup::list);
        program.getCommandSpec().usageMessage().commandListHeading("").footer(CLOSING);
    }
}
