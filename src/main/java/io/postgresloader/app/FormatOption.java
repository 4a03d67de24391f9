package io.postgresloader.app;

import picocli.CommandLine.Option;

/** The form of the answer that was asked for on the command line. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OutputFormat format;

    boolean json() {
        return format == OutputFormat.json;
    }
}
