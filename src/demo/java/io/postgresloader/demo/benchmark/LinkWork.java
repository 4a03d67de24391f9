package io.postgresloader.demo.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** First loads of securitylog over a line to the source. The floor needs no source, and so no line. */
final class LinkWork implements Work {
    private static final String COMPRESSION = "SOURCE_COMPRESSION";

    private final Bench bench;
    private final Programme programme;
    private final Jobs jobs;
    private final String name;
    private final double part;
    private final List<Line> lines;
    private final List<JobRun> runs = new ArrayList<>();
    private SlowLink link;

    /**
     * What the line is like.
     *
     * @param name as in {@code 20 Mbit/s}
     * @param delayMillis of each direction
     * @param megabits per second
     */
    record Line(String name, double delayMillis, double megabits) {
        static final Line FAST = new Line("a proxy without delay or limit", 0, Double.POSITIVE_INFINITY);
    }

    /**
     * @param name of the jobs
     * @param part how much of the table is loaded
     */
    LinkWork(Bench bench, Programme programme, Jobs jobs, String name, double part, List<Line> lines) {
        this.bench = bench;
        this.programme = programme;
        this.jobs = jobs;
        this.name = name;
        this.part = part;
        this.lines = lines;
    }

    @Override
    public void prepare() throws Exception {
        link = new SlowLink(bench.source().port());
        add(name, programme, Map.of());
        List<LoaderProgram> compressing = new ArrayList<>();
        for (LoaderProgram loader : programme.loaders()) {
            if (loader.knows(COMPRESSION)) {
                compressing.add(loader);
            } else {
                bench.results().note(loader.label() + "loader has no setting " + COMPRESSION);
            }
        }
        if (!compressing.isEmpty()) {
            add(name + "_compressed", programme.of(compressing), Map.of(COMPRESSION, "on"));
        }
    }

    private void add(String jobName, Programme of, Map<String, String> settings) throws Exception {
        Job job = jobs.securityLog(jobName, part);
        Map<String, String> all = new HashMap<>(settings);
        all.put("SOURCE_URL", "jdbc:mysql://127.0.0.1:" + link.port() + "/" + job.source());
        JobRun run = new JobRun(bench, job, of, all);
        runs.add(run);
        run.prepare();
    }

    @Override
    public void round(int round) throws Exception {
        for (JobRun run : runs) {
            run.begin(round);
            String compressed = run == runs.get(0) ? "" : ", compressed";
            for (Line line : lines) {
                link.set(line.delayMillis(), line.megabits());
                run.firstLoads("first load of " + run.job().rows() + " rows over " + line.name() + compressed);
            }
            link.set(0, Double.POSITIVE_INFINITY);
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        for (JobRun run : runs) {
            run.close();
        }
        if (link != null) {
            link.close();
        }
    }
}
