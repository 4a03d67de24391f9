package io.postgresloader.app;

import io.postgresloader.app.progress.ProgressDisplay;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.SourceCheck;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.tracking.DeadLetterTable;
import io.postgresloader.tracking.Json;
import io.postgresloader.tracking.TrackingSchema;
import io.postgresloader.verify.Comparison;
import io.postgresloader.verify.Difference;
import io.postgresloader.verify.ExtraRows;
import io.postgresloader.verify.RecordedVerify;
import io.postgresloader.verify.RequestedRepair;
import io.postgresloader.verify.Verifier;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Compares source and target row by row, and optionally repairs.",
            "Without --repair, nothing is changed. Rows that changed since the last load are reported as different:"
                    + " run once first."
        },
        exitCodeList = {
            "0:every source row is equal in the target, the target has no extra rows, and no dead letter is open",
            "1:rows differ, a table could not be compared, or dead letters of these tables are open",
            ExitCode.WRONG,
            ExitCode.UNUSABLE
        },
        footer = {
            "%nExamples:",
            "  postgres-loader verify                         # all tables, every row",
            "  postgres-loader verify --sample 10000          # a random sample of each table",
            "  postgres-loader verify --keys rows.json claim  # write the keys that differ",
            "  postgres-loader verify --repair claim          # repair one table"
        })
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private TableArguments tables;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Write the keys of all differing rows to this file, one JSON object per line.")
    private Path keys;

    @Mixin
    private FormatOption format;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Compare about N random rows of each table: fast, but no proof. Tables whose key is not a"
                    + " single integer are compared completely.")
    private Long sample;

    @Option(
            names = "--repair",
            description = "Load missing and different rows again, and apply the table's deletes option (delete, mark,"
                    + " ignore) to extra rows. The printed result is that of a second comparison.")
    private boolean repair;

    @Option(
            names = "--force-deletes",
            description =
                    "With --repair: delete or mark extra rows above the delete limit max_delete_fraction, and extra"
                            + " rows that a damaged table of the source may have lost.")
    private boolean forceDeletes;

    @Mixin
    private DeadLetterOption deadLetters;

    @Mixin
    private ProgressOption progress;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        if (keys != null) {
            OutputFile.writable("--keys", keys);
        }
        Settings settings = root.configuration().settings();
        return repair || tracked(settings) ? inSession() : untracked(settings);
    }

    private static boolean tracked(Settings settings) {
        try (Databases databases = Databases.openTarget(settings)) {
            return TrackingSchema.current(databases.warehouse());
        }
    }

    private int inSession() throws Exception {
        try (Session session = Session.open(root.configuration())) {
            LoadServices services = session.services();
            List<String> names = tables.in(session.catalog());
            List<Comparison> comparisons =
                    repair ? repaired(session, new Verifier(services), names) : recorded(services, names);
            DeadLetterTable entries = services.deadLetters();
            int exitCode = print(comparisons, entries.open(names));
            return deadLetters.exitCode(
                    exitCode, entries, names, spec.commandLine().getErr());
        }
    }

    private List<Comparison> recorded(LoadServices services, List<String> names) throws Exception {
        Verifier verifier = Verifier.beforeAdoption(services, true);
        RecordedVerify recorded = new RecordedVerify(verifier, services);
        return compare(services, verifier, recorded::verify, names);
    }

    /** Compares a warehouse that has no tracking tables yet, and writes nothing. */
    private int untracked(Settings settings) throws Exception {
        Catalog catalog = CatalogReader.read(settings.files().tables());
        List<String> names = tables.in(catalog);
        try (Databases databases = Databases.open(settings)) {
            SourceCheck.requireAny(catalog, new SourceSchema(databases.source()));
            LoadServices services = LoadServices.of(settings, () -> catalog, databases.source(), databases.warehouse());
            Verifier verifier = Verifier.beforeAdoption(services, false);
            return print(compare(services, verifier, verifier::verify, names), Map.of());
        }
    }

    private int print(List<Comparison> comparisons, Map<String, Long> openDeadLetters) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                format.json()
                        ? Json.pretty(ComparisonTable.json(comparisons, openDeadLetters))
                        : ComparisonTable.of(comparisons, openDeadLetters));
        out.flush();
        return comparisons.stream().allMatch(Comparison::proven) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void checkOptions() {
        if (forceDeletes && !repair) {
            throw new ParameterException(spec.commandLine(), "--force-deletes requires --repair");
        }
        if (repair && keys != null) {
            throw new ParameterException(spec.commandLine(), "--keys cannot be combined with --repair");
        }
        if (sample != null && (repair || sample < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--sample must be at least 1 row, and cannot be combined with --repair");
        }
    }

    private List<Comparison> repaired(Session session, Verifier verifier, List<String> names) throws Exception {
        List<Comparison> comparisons = new ArrayList<>();
        try (Loader loader = session.briefLoader()) {
            session.onSignal(loader::close);
            loader.start();
            ExtraRows extraRows = new ExtraRows(session.services());
            RequestedRepair repairs = new RequestedRepair(session.services(), verifier, extraRows, loader::load);
            PrintWriter err = spec.commandLine().getErr();
            try (ProgressDisplay display = show(session.services(), names.size())) {
                for (String table : names) {
                    RequestedRepair.Result result = repairs.run(table, forceDeletes);
                    display.aside(() -> report(result, err));
                    display.finished(
                            result.after().failure().isPresent(),
                            result.before().rows());
                    comparisons.add(result.after());
                }
            }
        }
        return comparisons;
    }

    private static void report(RequestedRepair.Result result, PrintWriter err) {
        String table = result.after().table();
        if (!result.written().none()) {
            err.println(table + ": " + result.written().describe());
        }
        result.leftUndone().ifPresent(reason -> err.println(table + ": " + reason));
        err.flush();
    }

    private ProgressDisplay show(LoadServices services, int tables) {
        return progress.show(services.running(), tables, services.settings().jsonLog());
    }

    /** Compares tables in parallel, as many as there are load workers. */
    private List<Comparison> compare(
            LoadServices services,
            Verifier verifier,
            BiFunction<String, Consumer<Difference>, Comparison> all,
            List<String> names)
            throws Exception {
        ExecutorService pool =
                Executors.newFixedThreadPool(services.settings().loading().workers());
        try (PrintWriter file = keys == null ? null : new PrintWriter(Files.newBufferedWriter(keys));
                ProgressDisplay display = show(services, names.size())) {
            Consumer<Difference> found = file == null ? d -> {} : d -> file.println(Json.write(d));
            List<Future<Comparison>> running = names.stream()
                    .map(table -> pool.submit(() -> {
                        Comparison comparison =
                                sample == null ? all.apply(table, found) : verifier.sample(table, sample, found);
                        display.finished(comparison.failure().isPresent(), comparison.rows());
                        return comparison;
                    }))
                    .toList();
            List<Comparison> comparisons = new ArrayList<>();
            for (Future<Comparison> comparison : running) {
                comparisons.add(comparison.get());
            }
            return comparisons;
        } finally {
            pool.shutdownNow();
        }
    }
}
