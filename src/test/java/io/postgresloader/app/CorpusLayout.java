package io.postgresloader.app;

import io.postgresloader.testing.CorpusCase;
import io.postgresloader.testing.CorpusCase.Outcome;
import io.postgresloader.testing.Extent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Among which rows a special row is loaded. Pages and batches have {@value #BATCH_ROWS} rows. */
enum CorpusLayout {
    ALONE(1, List.of(1)),
    /** The first of a batch, in the middle of the next, the last of the third. */
    BATCHES(3000, List.of(1, 1500, 3000)),
    /** The key is the special value alone, and the next page begins behind it. */
    SORTED(2000, List.of(1000));

    static final int BATCH_ROWS = 1000;

    private final int last;
    private final List<Integer> special;

    CorpusLayout(int last, List<Integer> special) {
        this.last = last;
        this.special = special;
    }

    /**
     * The layouts that a case is loaded in: alone, and in a full run in all others that it has a place in. Otherwise every
     * eighth case is, and a case that was asked for by name.
     */
    static List<CorpusLayout> of(CorpusCase c) {
        boolean all = Extent.full()
                || System.getProperty("corpus") != null
                || Math.floorMod(c.toString().hashCode(), 8) == 0;
        return Stream.of(values())
                .filter(layout -> layout.has(c) && (all || layout == ALONE))
                .toList();
    }

    private boolean has(CorpusCase c) {
        return c.expected().outcome() != Outcome.CONFIGURATION_REFUSED
                && (this != SORTED || c.before().isPresent() || c.after().isPresent());
    }

    /** The number of the first row. */
    int first(CorpusCase c) {
        return this == SORTED && c.before().isEmpty() ? special.get(0) : 1;
    }

    /** The number of the last row. */
    int last(CorpusCase c) {
        return this == SORTED && c.after().isEmpty() ? special.get(0) : last;
    }

    int rows(CorpusCase c) {
        return last(c) - first(c) + 1;
    }

    /** The numbers of the special rows. */
    List<Integer> special() {
        return special;
    }

    /** The same as a list for SQL. */
    String numbers() {
        return special.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
