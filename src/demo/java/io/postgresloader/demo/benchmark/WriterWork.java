package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;

/** First loads of securitylog while somebody writes to it. */
final class WriterWork implements Work {
    private final Bench bench;
    private final Programme programme;
    private final Jobs jobs;
    private JobRun run;

    WriterWork(Bench bench, Programme programme, Jobs jobs) {
        this.bench = bench;
        this.programme = programme;
        this.jobs = jobs;
    }

    @Override
    public void prepare() throws Exception {
        run = new JobRun(bench, jobs.securityLog("writer", 1), programme);
        run.prepare();
    }

    @Override
    public void round(int round) throws Exception {
        run.begin(round);
        run.firstLoads("first load while a writer writes", subject -> besideWriter(subject, round));
    }

    private Cost besideWriter(Subject subject, int round) throws Exception {
        try (TickingWriter writer = new TickingWriter(bench, run.job())) {
            Cost cost = subject.load();
            double longest = writer.longestSeconds();
            bench.results()
                    .note(String.format(
                            Locale.ROOT,
                            "%s, %s, round %d: a writer waited %.3f s at most",
                            run.job().engine(),
                            subject.program(),
                            round,
                            longest));
            return cost.with(Quantity.WRITER_WAIT, longest);
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        if (run != null) {
            run.close();
        }
    }
}
