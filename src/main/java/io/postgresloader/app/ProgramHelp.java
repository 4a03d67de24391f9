package io.postgresloader.app;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The help of the program. The parts that it shares with its commands are in the annotation of {@link RootCommand}. */
final class ProgramHelp {
    private static final String[] CLOSING = {
        "%nFirst steps:",
        "  postgres-loader --help-settings  # all settings, such as the database URLs",
        "  postgres-loader analyze          # write the table list",
        "  postgres-loader init             # create the tracking tables",
        "  postgres-loader once             # load all tables",
        "%nHelp for a command: postgres-loader help COMMAND",
        "Manual: src/site/markdown/index.md in the project"
    };

    private ProgramHelp() {}

    /** Puts the grouped commands before the options, and the first steps and the manual at the end. */
    static void describe(CommandLine program) {
        List<String> sections = new ArrayList<>(program.getHelpSectionKeys());
        sections.remove(SECTION_KEY_COMMAND_LIST);
        sections.add(sections.indexOf(SECTION_KEY_DESCRIPTION) + 1, SECTION_KEY_COMMAND_LIST);
        program.setHelpSectionKeys(sections);
        program.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST, CommandGroup::list);
        program.getCommandSpec().usageMessage().commandListHeading("").footer(CLOSING);
    }
}
