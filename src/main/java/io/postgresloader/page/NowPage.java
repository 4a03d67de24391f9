package io.postgresloader.page;

import io.postgresloader.monitor.StatusDocument;
import io.postgresloader.monitor.TableRow;
import io.postgresloader.monitor.ThisLoader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the loader does at this moment.
 *
 * @param headline in a sentence
 * @param attention how many tables need attention, in words; empty: none
 * @param running loads and comparisons that run
 * @param queue the tables that wait
 * @param comparisons the comparisons that ended last, the newest first
 * @param lastReload the outcome of the last file that was saved
 * @param rejected the files that are not used as they were saved
 * @param loaders the processes of {@code run}
 * @param doctor what doctor found
 */
public record NowPage(
        Frame frame,
        String headline,
        String attention,
        List<WorkLine> running,
        List<Link> queue,
        List<Comparison> comparisons,
        Optional<Reload> lastReload,
        List<Reload> rejected,
        List<Process> loaders,
        Doctor doctor) {
    /** The most comparisons. */
    private static final int COMPARISONS = 8;

    /** A link to a table's page. */
    public record Link(String text, String address) {}

    /** The last comparison of a table. */
    public record Comparison(Link table, Moment ended, Mark result) {}

    /** A file that was saved. */
    public record Reload(String file, Moment at, Mark result, String reason) {}

    /** A process of the command {@code run}. */
    public record Process(Mark state, String host, long processId, String version, Moment started, String beat) {}

    /** What doctor found. */
    public record Complaint(Mark level, String text) {}

    /**
     * What doctor found.
     *
     * @param asked whether somebody asked
     * @param complaints empty: it still examines
     */
    public record Doctor(boolean asked, Optional<List<Complaint>> complaints) {
        public static Doctor notAsked() {
            return new Doctor(false, Optional.empty());
        }

        public static Doctor asked(Optional<List<Complaint>> complaints) {
            return new Doctor(true, complaints);
        }
    }

    /** @param doctor what doctor found, if it was asked */
    public static NowPage of(StatusDocument document, Doctor doctor, Instant now, ZoneId zone) {
        Words words = new Words(now, zone);
        Optional<ThisLoader> loader = document.thisLoader();
        List<WorkLine> running = loader.map(ThisLoader::running).orElse(List.of()).stream()
                .map(work -> WorkLine.of(work, words))
                .toList();
        List<Link> queue = loader.map(ThisLoader::queue).orElse(List.of()).stream()
                .map(NowPage::link)
                .toList();
        return new NowPage(
                Frame.of(
                        "Now",
                        Frame.Section.NOW,
                        "./",
                        document.generatedAt(),
                        document.targetSilentSince(),
                        loader.map(ThisLoader::version).orElse(""),
                        words),
                headline(
                        running.size(),
                        queue.size(),
                        loader.map(ThisLoader::workers).orElse(0)),
                attention(document.attention()),
                running,
                queue,
                comparisons(document, words),
                loader.flatMap(ThisLoader::lastReload).map(reload -> reload(reload, words)),
                loader.map(ThisLoader::rejectedReloads).orElse(List.of()).stream()
                        .map(reload -> reload(reload, words))
                        .toList(),
                document.loaders().stream()
                        .map(process -> process(process, words))
                        .toList(),
                doctor);
    }

    private static String headline(int running, int waiting, int workers) {
        String works = running == 0
                ? "Idle until the next load is due."
                : Words.count(running, "table") + (running == 1 ? " is" : " are") + " being loaded or compared.";
        return waiting == 0
                ? works
                : works + " " + Words.count(waiting, "table") + (waiting == 1 ? " waits" : " wait") + " for one of "
                        + Words.count(workers, "worker") + ".";
    }

    private static String attention(int tables) {
        return tables == 0 ? "" : Words.count(tables, "table") + (tables == 1 ? " needs" : " need") + " attention.";
    }

    private static Link link(String table) {
        return new Link(table, "tables/" + TableLine.encoded(table));
    }

    private static List<Comparison> comparisons(StatusDocument document, Words words) {
        return document.tables().stream()
                .filter(table -> table.verifiedAt().isPresent())
                .sorted(Comparator.<TableRow, Instant>comparing(
                                table -> table.verifiedAt().orElseThrow())
                        .reversed())
                .limit(COMPARISONS)
                .map(table -> new Comparison(
                        link(table.table()),
                        words.moment(table.verifiedAt().orElseThrow()),
                        Mark.ofResult(table.verifyResult().orElse("equal"))))
                .toList();
    }

    private static Reload reload(ThisLoader.ReloadRow reload, Words words) {
        return new Reload(
                reload.file() + reload.line().map(line -> ", line " + line).orElse(""),
                words.moment(reload.at()),
                Mark.ofResult(reload.result()),
                reload.reason());
    }

    private static Process process(StatusDocument.LoaderRow process, Words words) {
        Tone tone =
                switch (process.state()) {
                    case "running" -> Tone.GOOD;
                    case "stopped" -> Tone.QUIET;
                    default -> Tone.BAD;
                };
        return new Process(
                new Mark(process.state(), tone),
                process.host(),
                process.processId(),
                process.version(),
                words.moment(process.startedAt()),
                words.ago(process.endedAt().orElse(process.lastBeat())));
    }
}
