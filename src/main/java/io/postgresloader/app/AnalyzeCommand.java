package io.postgresloader.app;

import io.postgresloader.analyze.Analysis;
import io.postgresloader.analyze.Analyzer;
import io.postgresloader.analyze.OlderDifferences;
import io.postgresloader.analyze.Report;
import io.postgresloader.analyze.SchemaCheck;
import io.postgresloader.analyze.TableList;
import io.postgresloader.analyze.TableListMerge;
import io.postgresloader.analyze.TablePatterns;
import io.postgresloader.app.progress.ProgressDisplay;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.config.tables.CatalogText;
import io.postgresloader.config.tables.OlderFile;
import io.postgresloader.config.tables.OlderTable;
import io.postgresloader.model.progress.RunningWork;
import io.postgresloader.source.SourceClock;
import io.postgresloader.source.SourceSchema;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "analyze",
        description = {
            "Analyzes the source and writes the table list, with reasons.",
            "Chooses the key, cursor columns and load mode of each table from its declaration and from a sample of"
                    + " at most 2,000 rows."
        },
        exitCodeList = {
            "0:done; with --check: the table list matches the source",
            "1:a table could not be analyzed; with --check: the table list does not match the source",
            ExitCode.WRONG,
            "3:the source is not available"
        },
        footer = {
            "%nExamples:",
            "  postgres-loader analyze                     # write the table list",
            "  postgres-loader analyze --output - patient  # print the entry of one table",
            "  postgres-loader analyze --merge             # update the list, keep your changes",
            "  postgres-loader analyze --check             # compare the list with the source"
        })
final class AnalyzeCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TABLE",
            arity = "0..*",
            description = "Analyze only these tables (default: all tables" + " of the source).")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File to write; - for standard output (default: the setting tables.file).")
    private Path output;

    @Option(names = "--force", description = "Replace an existing file.")
    private boolean force;

    @Option(
            names = "--merge",
            description = "Update an existing file. Entries that you edited are kept; the output lists every change.")
    private boolean merge;

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "Replace this table list of the older generator, and list what changes and why.")
    private Path older;

    @Option(
            names = "--check",
            description = "Write nothing; exit with 1 if the table list no longer matches the source.")
    private boolean check;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write the findings to this file, as Markdown.")
    private Path report;

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            description = "Exclude tables with this word in their name, in addition to those of analyze.exclude.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Time limit of each statement in the source (default: ${DEFAULT-VALUE}).")
    private int timeLimit;

    @Option(
            names = "--every-row",
            description = "Read whole tables instead of samples, without a time limit. A long read of a MyISAM table"
                    + " blocks its writers.")
    private boolean everyRow;

    @Mixin
    private ProgressOption progress;

    @Override
    public Integer call() {
        checkOptions();
        Settings settings = root.configuration().settings();
        Path file = output == null ? settings.files().tables() : output;
        if (check) {
            return check(settings, file);
        }
        checkFiles(settings, file);
        Optional<OutputFile> list = file.equals(STANDARD_OUTPUT) ? Optional.empty() : Optional.of(list(file));
        Optional<OutputFile> markdown = Optional.ofNullable(report).map(path -> OutputFile.writable("--report", path));
        if (merge) {
            CatalogText.read(file); // An invalid file fails here, before the analysis starts.
        }
        List<OlderTable> olderTables = older == null ? List.of() : OlderFile.read(older);

        Analysis analysis = analyze(settings);
        List<String> differences = older == null ? List.of() : OlderDifferences.of(olderTables, analysis);
        List<String> lines = new ArrayList<>(write(analysis, file, list));
        lines.addAll(differences);
        markdown.ifPresent(written -> written.write(Report.markdown(analysis, differences)));
        lines.add(Report.summary(analysis) + "; " + analysis.excluded().size() + " excluded"
                + list.map(written -> (analysis.listed().isEmpty() ? "; did not write " : "; wrote ") + written.file())
                        .orElse(""));
        return print(lines, analysis.problems(), list.isPresent());
    }

    private void checkOptions() {
        if (merge && (force || older != null)) {
            throw usageError("--merge cannot be combined with --force or" + " --import");
        }
        if (check && (merge || force || older != null || report != null || !tables.isEmpty())) {
            throw usageError("--check writes nothing: it can be combined only with --output and --exclude");
        }
        if (timeLimit < 1) {
            throw usageError("--time-limit must be at least 1 second");
        }
    }

    private void checkFiles(Settings settings, Path file) {
        long timeout = settings.loading().networkTimeout().toSeconds();
        if (timeLimit >= timeout && !everyRow) {
            throw usageError("--time-limit " + timeLimit + " must be less than"
                    + " loader.network_timeout (" + timeout + " seconds), after which a silent connection counts as"
                    + " lost; lower --time-limit or raise the setting");
        }
        if (merge && file.equals(STANDARD_OUTPUT)) {
            throw usageError("--merge updates a file: name it with" + " --output, or omit --output");
        }
        if (report != null && absolute(report).equals(absolute(file))) {
            throw usageError("--report and the table" + " list name the same file, " + report + "; choose another");
        }
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private ParameterException usageError(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private OutputFile list(Path file) {
        OutputFile list = OutputFile.writable(output == null ? "tables.file" : "--output", file);
        if (Files.exists(file) && !merge && !force) {
            throw usageError(file + " exists: --merge updates it and keeps"
                    + " your changes, --force replaces it, --output writes another file");
        }
        return list;
    }

    private int check(Settings settings, Path file) {
        try (Databases databases = Databases.openSource(settings)) {
            List<String> mismatches = SchemaCheck.mismatches(
                    CatalogReader.read(file), new SourceSchema(databases.source()).tables(), patterns(settings));
            PrintWriter out = spec.commandLine().getOut();
            mismatches.forEach(out::println);
            out.println(
                    mismatches.isEmpty()
                            ? file + " matches the source."
                            : mismatches.size() + " mismatches" + " found.");
            out.flush();
            return mismatches.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private Analysis analyze(Settings settings) {
        RunningWork running = new RunningWork();
        try (Databases databases = Databases.openSource(settings);
                ProgressDisplay display = progress.show(running, 0, settings.jsonLog())) {
            Analyzer analyzer = new Analyzer(
                    databases.source(),
                    everyRow ? Duration.ZERO : Duration.ofSeconds(timeLimit),
                    everyRow,
                    new SourceClock(databases.source()).read(),
                    patterns(settings),
                    running);
            return analyzer.analyze(
                    tables, new AnalyzeProgress(spec.commandLine().getErr(), display)::report);
        }
    }

    private TablePatterns patterns(Settings settings) {
        List<String> patterns = new ArrayList<>(settings.analyzeExclude());
        patterns.addAll(exclude);
        return new TablePatterns(patterns);
    }

    /**
     * Writes the table list. An existing file is left unchanged if the analysis has no table to list.
     *
     * @return what the merge changed or kept, one line each; empty without {@code --merge}
     */
    private List<String> write(Analysis analysis, Path file, Optional<OutputFile> list) {
        if (analysis.listed().isEmpty()) {
            return List.of();
        }
        // The file is read again because the user may have edited it during the analysis.
        TableListMerge.Merged merged = merge
                ? TableListMerge.merge(CatalogText.read(file), analysis)
                : new TableListMerge.Merged(TableList.of(analysis), List.of());
        if (list.isPresent()) {
            list.get().write(merged.text());
        } else {
            spec.commandLine().getOut().print(merged.text());
            spec.commandLine().getOut().flush();
        }
        return merged.changes();
    }

    private int print(List<String> lines, List<String> problems, boolean outIsFree) {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = outIsFree ? spec.commandLine().getOut() : err;
        lines.forEach(out::println);
        out.flush();
        problems.forEach(err::println);
        err.flush();
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
