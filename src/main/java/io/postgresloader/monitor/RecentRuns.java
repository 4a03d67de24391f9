package io.postgresloader.monitor;

import io.postgresloader.monitor.TableRow.RunFigure;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;

/**
 * The recent runs of a table. They are most of a document and are read once a minute, while the document is made every two
 * seconds: the runs keep their hash and their JSON.
 */
final class RecentRuns extends AbstractList<RunFigure> {
    private final List<RunFigure> runs;
    private final int hash;
    private volatile String json;

    private RecentRuns(List<RunFigure> runs) {
        this.runs = runs;
        this.hash = runs.hashCode();
    }

    static RecentRuns of(List<RunFigure> runs) {
        return runs instanceof RecentRuns kept ? kept : new RecentRuns(List.copyOf(runs));
    }

    /** @param writer is asked once at most, unless two threads ask at the same time */
    String json(Function<List<RunFigure>, String> writer) {
        String known = json;
        if (known == null) {
            known = writer.apply(runs);
            json = known;
        }
        return known;
    }

    @Override
    public RunFigure get(int index) {
        return runs.get(index);
    }

    @Override
    public int size() {
        return runs.size();
    }

    @Override
    public boolean equals(Object other) {
        return runs.equals(other);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
