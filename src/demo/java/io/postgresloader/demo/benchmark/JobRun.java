package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.benchmark.measure.Children;
import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.report.Figure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Measures all programs in turn on one job, and compares them with the floor of the same round. */
final class JobRun implements AutoCloseable {
    private final Bench bench;
    private final Job job;
    private final Programme programme;
    private final List<Subject> subjects = new ArrayList<>();
    private Cost floor = new Cost(Map.of());

    /** Some work of one subject. */
    @FunctionalInterface
    interface SubjectWork {
        Cost of(Subject subject) throws Exception;
    }

    JobRun(Bench bench, Job job, Programme programme) {
        this(bench, job, programme, Map.of());
    }

    /** @param settings environment variables of the loaders */
    JobRun(Bench bench, Job job, Programme programme, Map<String, String> settings) {
        this.bench = bench;
        this.job = job;
        this.programme = programme;
        for (LoaderProgram loader : programme.loaders()) {
            subjects.add(new WholeProcess(bench, loader, job, settings));
            subjects.add(new InsideRunning(bench, loader, job, settings));
        }
    }

    Job job() {
        return job;
    }

    List<Subject> subjects() {
        return Collections.unmodifiableList(subjects);
    }

    /** Makes the model, from the source's tables as they are, and the databases of the loaders. */
    void prepare() throws Exception {
        job.writeList();
        Model.make(bench, programme.loaders().get(0), job);
        for (Subject subject : subjects) {
            subject.prepare();
        }
    }

    /** Begins a round, every other one in reverse, so that no loader always has the warmer caches. */
    void begin(int round) throws Exception {
        if (round > 1) {
            Collections.reverse(subjects);
        }
        floor = cost(new Floor());
    }

    /** Shows the floor of the round, and what the other programs cost. */
    void contenders(String work) throws Exception {
        report(work, new Floor().program(), job.rows(), floor);
        for (Contender contender : programme.others()) {
            if (contender.missing().isPresent()) {
                continue;
            }
            try {
                report(work, contender.program(), job.rows(), cost(contender));
            } catch (ProgramFailedException e) {
                bench.results().note(work + ", " + job.engine() + ": " + e.getMessage());
            }
        }
    }

    /** A first load by each loader. */
    void firstLoads(String work) throws Exception {
        firstLoads(work, Subject::load);
    }

    /** A first load by each loader. */
    void firstLoads(String work, SubjectWork load) throws Exception {
        for (Subject subject : subjects) {
            Cost cost = firstLoad(subject, load);
            report(work, subject.program(), job.rows(), cost);
        }
    }

    /** A first load by each loader, as the beginning of other work. */
    void loadAll() throws Exception {
        for (Subject subject : subjects) {
            firstLoad(subject, Subject::load);
        }
    }

    private Cost firstLoad(Subject subject, SubjectWork load) throws Exception {
        subject.forget();
        Cost cost = load.of(subject);
        subject.vacuum();
        checkRows(subject.program(), subject.database());
        return cost;
    }

    /** The same work by each loader. */
    void each(String work, long rows, SubjectWork of) throws Exception {
        for (Subject subject : subjects) {
            report(work, subject.program(), rows, of.of(subject));
        }
    }

    private void report(String work, String program, long rows, Cost cost) {
        bench.report(new Figure.Name(job.engine(), work, program), rows, cost, floor);
    }

    private Cost cost(Contender contender) throws Exception {
        Model.clear(bench, job);
        List<List<ProcessBuilder>> programs = contender.programs(bench, job);
        programs.forEach(piped -> Programs.log(piped, bench.log()));
        Cost cost = bench.ofChildren(job.model(), children -> run(contender, children, programs));
        checkRows(contender.program(), job.model());
        Model.clear(bench, job);
        return cost;
    }

    /** A load that has not brought all rows has no figure. */
    private void checkRows(String program, String database) throws SQLException, ProgramFailedException {
        long rows = 0;
        for (String table : job.tables()) {
            rows += bench.number(database, "SELECT count(*) FROM raw.\"" + table + "\"");
        }
        if (rows != job.rows()) {
            throw new ProgramFailedException(program + ": " + rows + " rows were loaded of " + job.rows() + " of "
                    + job.name() + "; see " + bench.log());
        }
    }

    private void run(Contender contender, Children children, List<List<ProcessBuilder>> programs) throws Exception {
        for (List<ProcessBuilder> piped : programs) {
            int exit = children.run(piped);
            if (exit != 0) {
                throw new ProgramFailedException(contender.program() + " ended with " + exit + "; see " + bench.log());
            }
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        for (Subject subject : subjects) {
            subject.drop();
        }
        Model.drop(bench, job);
        bench.executeAtSource("", "DROP DATABASE " + job.source());
    }
}
