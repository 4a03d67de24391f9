package io.postgresloader.app;

import io.postgresloader.config.tables.TablesSchema;
import io.postgresloader.tracking.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "schema",
        description = {
            "Prints the JSON Schema of the table list, for editors.",
            "Save it as " + TablesSchema.FILE + " in the directory of the table list, whose first line refers to it."
                    + " Editors with YAML support then complete keys and values, show their descriptions, and mark"
                    + " errors."
        },
        exitCodeList = {"0:done", ExitCode.WRONG},
        footer = {"%nExample:", "  postgres-loader schema > config/" + TablesSchema.FILE})
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(Json.pretty(TablesSchema.document()));
        out.flush();
        return ExitCode.DONE;
    }
}
