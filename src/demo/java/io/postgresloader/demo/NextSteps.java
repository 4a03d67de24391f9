package io.postgresloader.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How to look at the running demo and what to try, ready to be copied, on lines of at most 80 characters. */
final class NextSteps {
    private static final int WIDTH = 80;

    private NextSteps() {}

    /**
     * The whole text.
     *
     * @param source the script that opens the source's client
     * @param target the script that opens the target's client
     * @param variables what the loader's commands need to reach the demo, in this order
     */
    static List<String> of(Path source, Path target, Map<String, String> variables) {
        List<String> lines = new ArrayList<>(List.of(
                "",
                "From a second terminal, in this directory, look into source and target (psql):",
                "  " + source,
                "  " + target,
                "and show the loader's status:"));
        lines.addAll(exports(variables));
        lines.addAll(List.of(
                "  mvn -q -DskipTests package",
                "  java -jar target/postgres-loader.jar status",
                "",
                "Try in the source, and watch what the log says here:",
                "  UPDATE patient SET LName = 'Newcomer' WHERE PatNum = 1;  -- change a row",
                "  UPDATE commlog SET Note = CHAR(0) WHERE CommlogNum = 9;  -- make a dead letter",
                "  ALTER TABLE allergy DROP COLUMN Reaction;                -- drop a column",
                ""));
        return lines;
    }

    /** As many variables on a line as fit. */
    private static List<String> exports(Map<String, String> variables) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        variables.forEach((name, value) -> {
            String assignment = " " + name + "=" + value;
            if (!line.isEmpty() && line.length() + assignment.length() >= WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "  export" : "").append(assignment);
        });
        lines.add(line.toString());
        return lines;
    }
}
