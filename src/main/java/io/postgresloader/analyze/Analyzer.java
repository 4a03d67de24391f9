package io.postgresloader.analyze;

import io.postgresloader.database.Source;
import io.postgresloader.model.Column;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.SourceTable;
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

/** Looks at the tables of a source one after the other, so that the source has little to bear. */
public final class Analyzer {
    /**
     * MySQL's and MariaDB's numbers for a statement that was ended and another may not be: a lock that could not be had
     * in time, killed, over the time that the server, or the user, is allowed.
     */
    private static final Set<Integer> STATEMENT_ENDED = Set.of(1205, 1317, 1969, 3024);

    private static final String NO_TABLE =
            "the source shows no table; see that source.url names the right database, and grant SELECT on it";

    private static final String NONE_CHOSEN = "the patterns of analyze.exclude and --exclude leave out every table";

    private final SourceSchema schema;
    private final SourceIndexes indexes;
    private final Sampling sampling;
    private final ClockReading reading;
    private final TablePatterns patterns;

    /**
     * @param limit how long one statement may take; zero: as long as it needs
     * @param everyRow whether whole tables are read, however large
     * @param reading what the source said of its clock
     */
    public Analyzer(Source source, Duration limit, boolean everyRow, ClockReading reading, TablePatterns patterns) {
        this.schema = new SourceSchema(source);
        this.indexes = new SourceIndexes(source);
        this.sampling = new Sampling(source, limit, everyRow);
        this.reading = reading;
        this.patterns = patterns;
    }

    /**
     * Analyzes the tables of the source. One that cannot be looked at becomes a problem, and the rest goes on.
     *
     * @param named which tables, patterns or not; none: all that no pattern leaves out
     * @param progress called after each table
     */
    public Analysis analyze(List<String> named, Consumer<Progress> progress) {
        Map<String, SourceTable> all = new TreeMap<>(schema.tables());
        Map<String, Map<String, String>> leading = indexes.leading();
        Map<String, String> leftOut = new TreeMap<>();
        List<String> problems = new ArrayList<>(reading.notes());
        named.stream()
                .filter(name -> !all.containsKey(name))
                .forEach(name -> problems.add("table " + name + ": the source shows no table of that name"));
        List<SourceTable> chosen = all.values().stream()
                .filter(table -> named.isEmpty() ? !leftOut(table.name(), leftOut) : named.contains(table.name()))
                .toList();
        if (named.isEmpty() && chosen.isEmpty()) {
            problems.add(all.isEmpty() ? NO_TABLE : NONE_CHOSEN);
        }
        List<TableFinding> findings = new ArrayList<>();
        for (int done = 0; done < chosen.size(); done++) {
            SourceTable table = chosen.get(done);
            analyze(table, leading.getOrDefault(table.name(), Map.of()), problems)
                    .ifPresent(findings::add);
            progress.accept(new Progress(done + 1, chosen.size(), table.name()));
        }
        return new Analysis(all.keySet(), findings, leftOut, problems);
    }

    /**
     * How far an analysis has come.
     *
     * @param done tables, of {@code all}
     * @param table the last of them
     */
    public record Progress(int done, int all, String table) {}

    private boolean leftOut(String table, Map<String, String> leftOut) {
        Optional<String> pattern = patterns.leavesOut(table);
        pattern.ifPresent(matching -> leftOut.put(table, matching));
        return pattern.isPresent();
    }

    private Optional<TableFinding> analyze(SourceTable table, Map<String, String> leading, List<String> problems) {
        List<Column> columns = table.columns().stream()
                .filter(column -> CursorType.of(column).isPresent())
                .toList();
        if (table.columns().isEmpty()) {
            problems.add(
                    "table " + table.name() + " was left out: the source shows none of its columns; grant SELECT on"
                            + " it, or see with CHECK TABLE whether it is damaged");
            return Optional.empty();
        }
        try {
            Sampling.Sample sample = sampling.of(table, columns, reading.clock());
            TableFinding finding = judge(table, columns, leading, sample.columns(), Optional.of(sampled(sample)));
            finding.refused()
                    .ifPresent(reason -> problems.add("table " + table.name() + " is not in the list: " + reason));
            return Optional.of(finding);
        } catch (DataAccessException e) {
            if (timedOut(e)) {
                problems.add("table " + table.name() + " was not sampled within the time limit: a new entry rests on"
                        + " declarations and names, --merge leaves one that is there as it is; raise --time-limit, or"
                        + " run again at a quiet hour");
                return Optional.of(judge(table, columns, leading, unknown(columns), Optional.empty()));
            }
            problems.add("table " + table.name() + " was left out: " + cause(e));
            return Optional.empty();
        }
    }

    private static String sampled(Sampling.Sample sample) {
        return sample.how().equals("all")
                ? "all rows"
                : String.format(Locale.ROOT, "%,d rows, %s", sample.rows(), sample.how());
    }

    private static TableFinding judge(
            SourceTable table,
            List<Column> columns,
            Map<String, String> leading,
            List<ColumnEvidence> evidence,
            Optional<String> sampled) {
        List<ColumnFinding> findings = IntStream.range(0, columns.size())
                .mapToObj(i -> ColumnJudge.judge(
                        columns.get(i),
                        Optional.ofNullable(leading.get(columns.get(i).name())),
                        evidence.get(i)))
                .toList();
        return TableJudge.judge(table, findings, sampled);
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

    /** A source that does not answer any more ends the analysis; no other table would fare better. */
    private static String cause(DataAccessException thrown) {
        Failure failure = SqlFailures.of(thrown);
        if (failure.kind() == FailureKind.TRANSIENT) {
            throw thrown;
        }
        return failure.message()
                + failure.sqlState().map(state -> " (SQLSTATE " + state + ")").orElse("")
                + "; see that it still exists, that CHECK TABLE finds no damage, and that the source's user may SELECT"
                + " it";
    }
}
