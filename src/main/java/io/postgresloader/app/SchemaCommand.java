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
            "Prints the JSON Schema by which editors check the table list.",
            "Next to a table list as " + TablesSchema.FILE + " it is found by the first line that analyze writes:"
                    + " editors with YAML support complete keys and values, explain them, and mark mistakes."
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
