package io.postgresloader.demo.benchmark;

import java.io.IOException;
import java.sql.SQLException;

/** First loads of some tables by all programs. */
final class LoadWork implements Work {
    private final Bench bench;
    private final Programme programme;
    private final String name;
    private final Maker maker;
    private JobRun run;

    /** Creates the tables of a job. */
    @FunctionalInterface
    interface Maker {
        Job make() throws SQLException;
    }

    /** @param name such as {@code first load of sheetfield} */
    LoadWork(Bench bench, Programme programme, String name, Maker maker) {
        this.bench = bench;
        this.programme = programme;
        this.name = name;
        this.maker = maker;
    }

    @Override
    public void prepare() throws Exception {
        run = new JobRun(bench, maker.make(), programme);
        run.prepare();
    }

    @Override
    public void round(int round) throws Exception {
        run.begin(round);
        run.contenders(name);
        run.firstLoads(name);
    }

    @Override
    public void close() throws SQLException, IOException {
        if (run != null) {
            run.close();
        }
    }
}
