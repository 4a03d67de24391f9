package io.postgresloader.app;

import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.dbt.DbtFiles;
import io.postgresloader.dbt.DbtVersion;
import io.postgresloader.load.SourceCheck;
import io.postgresloader.source.SourceSchema;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "dbt",
        description = {
            "Writes the loaded tables as sources, and staging models, for dbt.",
            "Writes sources.yml with all columns, types, comments, tests, freshness and options, from the declarations"
                    + " on both sides. Reads no rows."
        },
        exitCodeList = {
            "0:done; with --check: the files match the schema",
            "1:a table was left out; with --check: the files do not match the schema",
            ExitCode.WRONG,
            ExitCode.UNUSABLE
        },
        footer = {
            "%nExamples:",
            "  postgres-loader dbt --output models/raw --staging",
            "  postgres-loader dbt --output models/raw --merge   # keep your changes",
            "  postgres-loader dbt --output models/raw --check   # has the schema changed?"
        })
final class DbtCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableArguments tables;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Directory of the files, below model-paths of the dbt project.")
    private Path output;

    @Option(
            names = "--merge",
            description = "Update existing files. What you added or changed is kept; the output lists every change.")
    private boolean merge;

    @Option(names = "--check", description = "Write nothing; exit with 1 if --merge would change or report anything.")
    private boolean check;

    @Option(
            names = "--staging",
            description = "Also write a model stg_TABLE.sql for each table, which needs the dbt package of src/dbt.")
    private boolean staging;

    @Option(
            names = "--source-name",
            paramLabel = "NAME",
            description = "Name of the source in dbt (default: the setting target.schema).")
    private String sourceName;

    @Option(
            names = "--dbt-version",
            paramLabel = "VERSION",
            defaultValue = "1.10",
            description = "Version of dbt that reads the files (default: ${DEFAULT-VALUE}). Before 1.10, freshness is"
                    + " asked by loaded_at_field, which reads the whole table.")
    private String version;

    @Override
    public Integer call() {
        if (output == null) {
            throw usageError("name the directory of the files with --output DIR");
        }
        if (merge && check) {
            throw usageError("--check writes nothing: it cannot be combined with --merge");
        }
        DbtVersion dbt = DbtVersion.parse(version)
                .orElseThrow(() -> usageError("--dbt-version: found " + version + "; expected " + DbtVersion.ALLOWED));
        if (sourceName != null && sourceName.isBlank()) {
            throw usageError("--source-name: found an empty name; expected a name, such as raw");
        }
        Settings settings = root.configuration().settings();
        Catalog catalog = CatalogReader.read(settings.files().tables());
        List<String> names = tables.in(catalog);
        OutputFile.writable("--output", output.resolve(DbtFiles.SOURCES));
        String name = sourceName == null ? settings.targetSchema() : sourceName;
        try (Databases databases = Databases.open(settings)) {
            SourceCheck.requireAny(catalog, new SourceSchema(databases.source()));
            DbtFiles files = DbtFiles.of(
                    new DbtFiles.Options(name, dbt, staging),
                    catalog,
                    names,
                    !tables.named(),
                    databases.source(),
                    databases.warehouse());
            return check ? check(files) : write(files);
        }
    }

    private int check(DbtFiles files) {
        DbtFiles.read(output.resolve(DbtFiles.SOURCES)); // A directory without the file was not written yet.
        List<String> changes = files.merge(output).changes();
        print(
                changes,
                changes.isEmpty()
                        ? output + " matches the schema of " + files.tables() + " tables."
                        : changes.size() + " differences found.",
                files.problems());
        return changes.isEmpty() && files.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int write(DbtFiles files) {
        if (files.tables() == 0) {
            print(List.of(), "0 tables; did not write " + output, files.problems());
            return ExitCode.FAILED;
        }
        DbtFiles.Merged merged = merge ? files.merge(output) : new DbtFiles.Merged(newFiles(files), List.of());
        Map<OutputFile, String> written = new LinkedHashMap<>();
        // All files are checked before the first one is written.
        merged.texts()
                .forEach((file, text) -> written.put(OutputFile.writable("--output", output.resolve(file)), text));
        written.forEach(OutputFile::write);
        print(
                merged.changes(),
                files.tables() + " tables; "
                        + (written.isEmpty() ? "nothing to change in " : "wrote " + written.size() + " files in ")
                        + output,
                files.problems());
        return files.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** The files that are not there yet; those that are there must be the same. */
    private Map<String, String> newFiles(DbtFiles files) {
        Map<String, String> texts = files.texts();
        texts.forEach((name, text) -> {
            Path file = output.resolve(name);
            if (Files.exists(file) && !DbtFiles.read(file).equals(text)) {
                throw usageError(file + " exists and differs: --merge updates it and keeps your changes, --check lists"
                        + " the differences, --output writes into another directory");
            }
        });
        texts.keySet().removeIf(name -> Files.exists(output.resolve(name)));
        return texts;
    }

    private ParameterException usageError(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void print(List<String> lines, String last, List<String> problems) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.println(last);
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        problems.forEach(err::println);
        err.flush();
    }
}
