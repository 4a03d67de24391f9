package io.postgresloader.monitor;

import io.postgresloader.monitor.StatusDocument.LoaderRow;
import io.postgresloader.monitor.StatusDocument.Paging;
import io.postgresloader.monitor.StatusDocument.ReasonCount;
import io.postgresloader.monitor.StatusDocument.SourceStatus;
import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.Monitoring;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Makes the document of all tables from what was read.
 *
 * @param source the name of the source's database
 */
public record StatusDocuments(String source) {
    private static final List<String> STATES =
            List.of("failed", "running", "interrupted", "paused", "pending", "success");

    /**
     * The document, with all of these tables.
     *
     * @param now what was read of the target
     * @param tables the tables to show, the worst first
     * @param trends empty: not read yet
     * @param sourceAnswers whether the source answers; empty: not known yet
     * @param thisLoader empty: no loader answers, but a command
     */
    public StatusDocument of(
            StatusReader.Now now,
            List<TableHealth> tables,
            Optional<StatusReader.Trends> trends,
            Optional<Boolean> sourceAnswers,
            Optional<ThisLoader> thisLoader) {
        Instant at = now.at().orElseGet(Instant::now);
        StatusSummary summary = StatusSummary.of(tables, now.claims(), now.loaders(), at);
        List<TableRow> rows = tables.stream()
                .map(health -> TableRows.row(source, health, now, trends))
                .toList();
        Map<String, OptionalDouble> figures =
                trends.map(StatusReader.Trends::monitoring).orElseGet(StatusDocuments::unknown);
        return new StatusDocument(
                StatusDocument.VERSION,
                at,
                0,
                Optional.empty(),
                summary.text(),
                summary.loadedUpTo(),
                summary.completeUpTo(),
                summary.attention(),
                counts(STATES, rows, TableRow::state),
                counts(Arrays.stream(Severity.values()).map(Severity::word).toList(), rows, TableRow::concern),
                List.of(new SourceStatus(source, rows.size(), summary.attention(), sourceAnswers)),
                new Paging(1, Math.max(1, rows.size()), rows.size(), rows.size()),
                rows,
                now.reasons().entrySet().stream()
                        .map(reason -> new ReasonCount(reason.getKey(), reason.getValue()))
                        .toList(),
                thisLoader,
                now.loaders().stream().map(StatusDocuments::loader).toList(),
                figures,
                FigureBounds.words(figures));
    }

    private static Map<String, OptionalDouble> unknown() {
        Map<String, OptionalDouble> figures = new LinkedHashMap<>();
        Monitoring.FIGURES.forEach(figure -> figures.put(figure, OptionalDouble.empty()));
        return figures;
    }

    private static Map<String, Integer> counts(
            List<String> words, List<TableRow> rows, Function<TableRow, String> word) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        words.forEach(known -> counts.put(known, 0));
        rows.forEach(row -> counts.merge(word.apply(row), 1, Integer::sum));
        return counts;
    }

    private static LoaderRow loader(LoaderRecords.Loader loader) {
        LoaderRecords.Process process = loader.process();
        return new LoaderRow(
                loader.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                process.host(),
                process.processId(),
                process.version(),
                loader.started(),
                loader.lastBeat(),
                loader.ended());
    }
}
