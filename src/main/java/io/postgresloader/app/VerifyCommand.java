package io.postgresloader.app;

import io.postgresloader.tracking.Json;
import io.postgresloader.verify.Comparison;
import io.postgresloader.verify.Difference;
import io.postgresloader.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description =
                "Compares source and target row by row and changes nothing. Exits with 1 when they differ. Rows that"
                        + " changed since the last load differ too: load first (once).")
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
            description = "Write the keys of all rows that differ into this file, one JSON object a line.")
    private Path keys;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OutputFormat format;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(root.configuration())) {
            Verifier verifier =
                    new Verifier(session.services(), session.databases().source());
            List<Comparison> comparisons = compare(verifier, tables.in(session.catalog()));
            PrintWriter out = spec.commandLine().getOut();
            out.print(format == OutputFormat.json ? Json.pretty(comparisons) : ComparisonTable.of(comparisons));
            out.flush();
            return comparisons.stream().allMatch(Comparison::proven) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private List<Comparison> compare(Verifier verifier, List<String> names) throws IOException {
        List<Comparison> comparisons = new ArrayList<>();
        try (PrintWriter file = keys == null ? null : new PrintWriter(Files.newBufferedWriter(keys))) {
            Consumer<Difference> found = file == null ? d -> {} : d -> file.println(Json.write(d));
            for (String table : names) {
                comparisons.add(verifier.verify(table, found));
            }
        }
        return comparisons;
    }
}
