package io.postgresloader.app;

import io.postgresloader.app.progress.ProgressDisplay;
import io.postgresloader.app.progress.StandardError;
import io.postgresloader.app.progress.TerminalProgress;
import io.postgresloader.model.progress.RunningWork;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option {@code --no-progress}. */
public final class ProgressOption {
    @Option(
            names = "--no-progress",
            description = "Do not show the progress of each table while the command runs. It is shown if standard error"
                    + " is a terminal.")
    private boolean none;

    /**
     * Shows the progress until the display is closed, if there is a terminal to show it on.
     *
     * @param tables the number of tables that the command has to do
     * @param jsonLog whether each line on standard error has to be a JSON object
     */
    public ProgressDisplay show(RunningWork running, int tables, boolean jsonLog) {
        Map<String, String> environment = System.getenv();
        if (none || jsonLog || !StandardError.canDraw(environment)) {
            return ProgressDisplay.NONE;
        }
        // https://no-color.org
        boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return TerminalProgress.open(running, tables, colour);
    }
}
