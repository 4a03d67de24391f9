package io.postgresloader.analyze;

import io.postgresloader.database.Source;
import io.postgresloader.model.Column;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.progress.RunningWork;
import io.postgresloader.model.progress.WorkKind;
import io.postgresloader.model.progress.WorkPhase;
import io.postgresloader.model.progress.WorkProgress;
import io.postgresloader.source.ClockReading;
import io.postgresloader.source.SourceIndexes;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.sql.SqlFailures;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.springframework.dao.DataAccessException;

/** Analyzes the tables of a source one after the other, to keep the load on the source low. */
public final class Analyzer {
    /**
     * MySQL's and MariaDB's error codes for a statement that was aborted, although a retry may succeed: lock wait
     * timeout, query killed, and the two codes of an exceeded execution time.
     */
    private static final Set<Integer> STATEMENT_ENDED = Set.of(1205, 1317, 1969, 3024);

    private static final String NO_TABLE =
            "the source has no visible table; check the database name in source.url, and grant SELECT on the database";

    private static final String NONE_CHOSEN = "the patterns of analyze.exclude and --exclude match every table";

    private final SourceSchema schema;
    private final SourceIndexes indexes;
    private final Sampling sampling;
    private final ClockReading reading;
    private final TablePatterns patterns;
    private final RunningWork running;

    /**
     * @param limit the time limit of one statement; zero for none
     * @param everyRow whether to read whole tables regardless of their size
     * @param reading the reading of the source's clock
     * @param running the list of work that shows the table being analyzed
     */
    public Analyzer(
            Source source,
            Duration limit,
            boolean everyRow,
            ClockReading reading,
            TablePatterns patterns,
            RunningWork running) {
        this.schema = new SourceSchema(source);
        this.indexes = new SourceIndexes(source);
        this.sampling = new Sampling(source, limit, everyRow);
        this.reading = reading;
        this.patterns = patterns;
        this.running = running;
    }

    /**
     * Analyzes the tables of the source. A table that cannot be analyzed is reported as a problem, and the analysis
     * continues.
     *
     * @param named the tables to analyze regardless of the patterns; empty for all tables that no pattern excludes
     * @param progress called before the first table and after each one
     */
    public Analysis analyze(List<String> named, Consumer<Progress> progress) {
        Map<String, SourceTable> all = new TreeMap<>(schema.tables());
        Map<String, Map<String, String>> leading = indexes.leading();
        Map<String, String> excluded = new TreeMap<>();
        List<String> problems = new ArrayList<>(reading.notes());
        named.stream()
                .filter(name -> !all.containsKey(name))
                .forEach(name -> problems.add("table " + name + ": the source has no visible table of this name"));
        List<SourceTable> chosen = all.values().stream()
                .filter(table -> named.isEmpty() ? !excluded(table.name(), excluded) : named.contains(table.name()))
                .toList();
        if (named.isEmpty() && chosen.isEmpty()) {
            problems.add(all.isEmpty() ? NO_TABLE : NONE_CHOSEN);
        }
        List<TableFinding> findings = new ArrayList<>();
        progress.accept(new Progress(0, chosen.size(), "", true, 0));
        for (int done = 0; done < chosen.size(); done++) {
            SourceTable table = chosen.get(done);
            Analyzed analyzed = analyze(table, leading.getOrDefault(table.name(), Map.of()), problems);
            analyzed.finding().ifPresent(findings::add);
            progress.accept(new Progress(
                    done + 1, chosen.size(), table.name(), analyzed.finding().isPresent(), analyzed.rows()));
        }
        return new Analysis(all.keySet(), findings, excluded, problems);
    }

    /**
     * The progress of an analysis.
     *
     * @param done the number of analyzed tables, of {@code all}
     * @param table the last analyzed table; empty before the first one
     * @param analyzed whether it could be analyzed
     * @param rows the rows of it that were read
     */
    public record Progress(int done, int all, String table, boolean analyzed, long rows) {}

    private record Analyzed(Optional<TableFinding> finding, long rows) {
        static final Analyzed NOT = new Analyzed(Optional.empty(), 0);
    }

    private boolean excluded(String table, Map<String, String> excluded) {
        Optional<String> pattern = patterns.matching(table);
        pattern.ifPresent(matching -> excluded.put(table, matching));
        return pattern.isPresent();
    }

    private Analyzed analyze(SourceTable table, Map<String, String> leading, List<String> problems) {
        List<Column> columns = table.columns().stream()
                .filter(column -> CursorType.of(column).isPresent())
                .toList();
        if (table.columns().isEmpty()) {
            problems.add("table " + table.name() + " was left out: none of its columns is visible; grant SELECT on the"
                    + " table, or check it for damage with CHECK TABLE");
            return Analyzed.NOT;
        }
        try (WorkProgress progress = running.begin(table.name(), WorkKind.ANALYSIS, WorkPhase.ANALYZING)) {
            Sampling.Sample sample = sampling.of(table, columns, reading.clock(), progress);
            TableFinding finding = finding(
                    table, columns, leading, sample.columns(), Optional.of(sampled(sample)), sample.randomKeys());
            finding.obstacle()
                    .ifPresent(reason -> problems.add("table " + table.name() + " is not in the list: " + reason));
            return new Analyzed(Optional.of(finding), sample.rows());
        } catch (DataAccessException e) {
            if (timedOut(e)) {
                problems.add("table " + table.name() + " was not sampled within the time limit: a new entry is based"
                        + " on its declaration and column names only, and --merge keeps an existing entry unchanged;"
                        + " raise --time-limit, or run analyze at a quiet hour");
                return new Analyzed(
                        Optional.of(finding(table, columns, leading, unknown(columns), Optional.empty(), false)), 0);
            }
            problems.add("table " + table.name() + " was left out: " + cause(e));
            return Analyzed.NOT;
        }
    }

    private static String sampled(Sampling.Sample sample) {
        return sample.how().equals("all")
                ? "all rows"
                : String.format(Locale.ROOT, "%,d rows, %s", sample.rows(), sample.how());
    }

    private static TableFinding finding(
            SourceTable table,
            List<Column> columns,
            Map<String, String> leading,
            List<ColumnEvidence> evidence,
            Optional<String> sampled,
            boolean randomKeys) {
        List<ColumnFinding> findings = IntStream.range(0, columns.size())
                .mapToObj(i -> ColumnClassifier.classify(
                        columns.get(i),
                        Optional.ofNullable(leading.get(columns.get(i).name())),
                        evidence.get(i),
                        randomKeys))
                .toList();
        return LoadModeChooser.choose(table, findings, sampled, randomKeys);
    }

    private static List<ColumnEvidence> unknown(List<Column> columns) {
        return columns.stream()
                .map(column -> new ColumnEvidence(0, 0, 0, 0, 0, 0, 0, 0))
                .toList();
    }

    private static boolean timedOut(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            boolean ended = cause instanceof SQLException sql && STATEMENT_ENDED.contains(sql.getErrorCode());
            if (ended || cause instanceof SQLTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /**
     * The cause of a failure of one table. A lost connection ends the analysis, because it affects all other tables as
     * well.
     */
    private static String cause(DataAccessException thrown) {
        Failure failure = SqlFailures.of(thrown);
        if (failure.kind() == FailureKind.TRANSIENT) {
            throw thrown;
        }
        return failure.message()
                + failure.sqlState().map(state -> " (SQLSTATE " + state + ")").orElse("")
                + "; check that the table exists, that CHECK TABLE reports no damage, and that the source user has"
                + " SELECT on it";
    }
}
