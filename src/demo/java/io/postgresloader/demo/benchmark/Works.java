package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.report.Figure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The works of a run on one storage engine. */
final class Works {
    /** Of how large a part of the table the smallest of the sizes is. */
    private static final int SIZES = 8;

    private static final LinkWork.Line DELAYED =
            new LinkWork.Line("a round trip of 12 ms", 6, Double.POSITIVE_INFINITY);
    private static final LinkWork.Line NARROW = new LinkWork.Line("20 Mbit/s", 0, 20);

    private static final String SIZED = " of securitylog";

    private final Bench bench;
    private final Programme programme;
    private final Jobs jobs;

    Works(Bench bench, Programme programme, String engine) {
        this.bench = bench;
        this.programme = programme;
        jobs = new Jobs(bench, engine, programme.scale());
    }

    List<Work> all() {
        List<Work> works = new ArrayList<>();
        if (programme.hasAny(EnumSet.range(Workload.FIRST_LOAD, Workload.VERIFY))) {
            works.add(new SecurityLogWork(bench, programme, jobs));
        }
        if (programme.has(Workload.STAMPS)) {
            works.add(new StampWork(bench, programme, jobs));
        }
        addLoad(works, Workload.PROCEDURELOG, "procedurelog", () -> jobs.table("procedurelog", 818_050));
        addLoad(works, Workload.SHEETFIELD, "sheetfield", () -> jobs.table("sheetfield", 1_657_007));
        addLoad(works, Workload.DOCUMENTMISC, "documentmisc", jobs::documents);
        addLoad(works, Workload.TABLES, Jobs.TABLES + " tables", () -> jobs.tables("tables", 0.1));
        if (programme.has(Workload.IDLE)) {
            works.add(new IdleWork(bench, programme, jobs));
        }
        if (programme.has(Workload.COMMANDS)) {
            works.add(new CommandsWork(bench, programme, jobs));
        }
        if (programme.has(Workload.WRITER)) {
            works.add(new WriterWork(bench, programme, jobs));
        }
        if (programme.has(Workload.DELAY)) {
            works.add(link("delay", 1, List.of(LinkWork.Line.FAST, DELAYED)));
        }
        if (programme.has(Workload.BANDWIDTH)) {
            works.add(link("bandwidth", 0.1, List.of(LinkWork.Line.FAST, NARROW)));
        }
        for (int size = 1; size <= SIZES; size *= 2) {
            double part = size / (double) SIZES;
            String name = "size" + size;
            addLoad(works, Workload.SIZES, size + "/" + SIZES + SIZED, () -> jobs.securityLog(name, part));
        }
        return works;
    }

    /** Those of the figures that are about one table in several sizes. */
    static List<Figure> sizes(List<Figure> figures) {
        return figures.stream()
                .filter(figure -> figure.name().work().endsWith("/" + SIZES + SIZED))
                .toList();
    }

    private LinkWork link(String name, double part, List<LinkWork.Line> lines) {
        return new LinkWork(bench, programme, jobs, name, part, lines);
    }

    private void addLoad(List<Work> works, Workload workload, String tables, LoadWork.Maker maker) {
        if (programme.has(workload)) {
            works.add(new LoadWork(bench, programme, "first load of " + tables, maker));
        }
    }
}
