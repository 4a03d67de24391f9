package io.postgresloader.app;

import io.postgresloader.analyze.Analysis;
import io.postgresloader.analyze.Analyzer;
import io.postgresloader.analyze.OlderDifferences;
import io.postgresloader.analyze.Report;
import io.postgresloader.analyze.SchemaFit;
import io.postgresloader.analyze.TableList;
import io.postgresloader.analyze.TableListMerge;
import io.postgresloader.analyze.TablePatterns;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.config.tables.CatalogText;
import io.postgresloader.config.tables.OlderFile;
import io.postgresloader.config.tables.OlderTable;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "analyze",
        description = {
            "Looks at the source and writes the table list, with the reasons.",
            "Key, cursor columns and load of each table. Reads samples of at most 2,000 rows a table."
        },
        exitCodeList = {
            "0:done; with --check: the table list fits the source",
            "1:something could not be found out; with --check: the table list does not fit the source",
            ExitCode.WRONG,
            "3:the source cannot be used"
        },
        footer = {
            "%nExamples:",
            "  postgres-loader analyze                     # write the table list",
            "  postgres-loader analyze --output - patient  # show the entry of a table",
            "  postgres-loader analyze --merge             # your own changes stay",
            "  postgres-loader analyze --check             # does it still fit the source?"
        })
final class AnalyzeCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE", arity = "0..*", description = "Only these tables (default: all of the source).")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The file to write; - for standard output (default: tables.file of the settings).")
    private Path output;

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    @Option(
            names = "--merge",
            description = "Bring the file up to date: what a person changed in it stays. Shows what differs.")
    private boolean merge;

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "Rewrite this table list of the older generator, and say what is done otherwise and why.")
    private Path older;

    @Option(
            names = "--check",
            description = "Write nothing; exit with 1 when the source no longer fits the table list.")
    private boolean check;

    @Option(names = "--report", paramLabel = "FILE", description = "Write all that was found as Markdown, too.")
    private Path report;

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            description = "Leave out tables with this word in their name, beside those of analyze.exclude.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long the source may take over one statement (default: ${DEFAULT-VALUE}).")
    private int timeLimit;

    @Option(
            names = "--every-row",
            description = "Read whole tables instead of samples, without a time limit: a long read of a MyISAM table"
                    + " blocks its writers.")
    private boolean everyRow;

    @Override
    public Integer call() {
        refuseContradictions();
        Settings settings = root.configuration().settings();
        Path file = output == null ? settings.files().tables() : output;
        if (check) {
            return check(settings, file);
        }
        refuseWhatCannotBeDone(settings, file);
        Optional<OutputFile> list = file.equals(STANDARD_OUTPUT) ? Optional.empty() : Optional.of(list(file));
        Optional<OutputFile> markdown = Optional.ofNullable(report).map(path -> OutputFile.writable("--report", path));
        if (merge) {
            CatalogText.read(file); // What is wrong with it is told before the work begins.
        }
        List<OlderTable> olderTables = older == null ? List.of() : OlderFile.read(older);

        Analysis analysis = analyze(settings);
        List<String> differences = older == null ? List.of() : OlderDifferences.of(olderTables, analysis);
        List<String> told = new ArrayList<>(write(analysis, file, list));
        told.addAll(differences);
        markdown.ifPresent(written -> written.write(Report.markdown(analysis, differences)));
        told.add(Report.summary(analysis) + "; " + analysis.leftOut().size() + " left out"
                + list.map(written -> (analysis.listed().isEmpty() ? "; did not write " : "; wrote ") + written.file())
                        .orElse(""));
        return tell(told, analysis.problems(), list.isPresent());
    }

    private void refuseContradictions() {
        if (merge && (force || older != null)) {
            throw refused("--merge goes with neither --force nor --import");
        }
        if (check && (merge || force || older != null || report != null || !tables.isEmpty())) {
            throw refused("--check only looks: it goes with --output and --exclude");
        }
        if (timeLimit < 1) {
            throw refused("--time-limit takes a number of seconds, at least 1");
        }
    }

    private void refuseWhatCannotBeDone(Settings settings, Path file) {
        long silence = settings.loading().networkTimeout().toSeconds();
        if (timeLimit >= silence && !everyRow) {
            throw refused("--time-limit " + timeLimit + " is not less than loader.network_timeout (" + silence
                    + " seconds), after which the connection counts as lost; raise that as well");
        }
        if (merge && file.equals(STANDARD_OUTPUT)) {
            throw refused("--merge brings a file up to date: --output names it");
        }
        if (report != null && absolute(report).equals(absolute(file))) {
            throw refused("--report and the table list are the same file, " + report + ": name another");
        }
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private ParameterException refused(String reason) {
        return new ParameterException(spec.commandLine(), reason);
    }

    private OutputFile list(Path file) {
        OutputFile list = OutputFile.writable(output == null ? "tables.file" : "--output", file);
        if (Files.exists(file) && !merge && !force) {
            throw refused(file + " exists: --merge brings it up to date and keeps what a person changed, --force"
                    + " replaces it, --output names another file");
        }
        return list;
    }

    private int check(Settings settings, Path file) {
        try (Databases databases = Databases.openSource(settings)) {
            List<String> misfits = SchemaFit.misfits(
                    CatalogReader.read(file), new SourceSchema(databases.source()).tables(), patterns(settings));
            PrintWriter out = spec.commandLine().getOut();
            misfits.forEach(out::println);
            out.println(misfits.isEmpty() ? file + " fits the source." : misfits.size() + " things do not fit.");
            out.flush();
            return misfits.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private Analysis analyze(Settings settings) {
        try (Databases databases = Databases.openSource(settings)) {
            Analyzer analyzer = new Analyzer(
                    databases.source(),
                    everyRow ? Duration.ZERO : Duration.ofSeconds(timeLimit),
                    everyRow,
                    new SourceClock(databases.source()).read(),
                    patterns(settings));
            return analyzer.analyze(
                    tables, new AnalyzeProgress(spec.commandLine().getErr())::say);
        }
    }

    private TablePatterns patterns(Settings settings) {
        List<String> patterns = new ArrayList<>(settings.analyzeExclude());
        patterns.addAll(exclude);
        return new TablePatterns(patterns);
    }

    /**
     * Where there is nothing to list, a file that is there stays.
     *
     * @return what a merge changed, or kept
     */
    private List<String> write(Analysis analysis, Path file, Optional<OutputFile> list) {
        if (analysis.listed().isEmpty()) {
            return List.of();
        }
        // Read again, since a person may have edited it meanwhile.
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

    private int tell(List<String> told, List<String> problems, boolean outIsFree) {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = outIsFree ? spec.commandLine().getOut() : err;
        told.forEach(out::println);
        out.flush();
        problems.forEach(err::println);
        err.flush();
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
