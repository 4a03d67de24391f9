package io.postgresloader.analyze;

import io.postgresloader.model.DateBounds;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/** Collects the {@link ColumnEvidence} of one column, row by row in key order. */
final class ColumnTally {
    private static final int DATE_LENGTH = 10;

    private final LocalDateTime min;
    private final LocalDateTime max;
    private final LocalDateTime tomorrow;
    private long rows;
    private long nulls;
    private long zeros;
    private long before;
    private long after;
    private long future;
    private long pairs;
    private long back;
    private int run = -1;
    private LocalDateTime previous;

    /** @param clock the source's clock now */
    ColumnTally(LocalDateTime clock) {
        min = DateBounds.DEFAULT.min().atStartOfDay();
        max = clock.plusYears(1);
        tomorrow = clock.plusDays(1);
    }

    /**
     * @param newRun the run of consecutive rows that the row belongs to
     * @param ordered whether the key is assigned in ascending order
     * @param text the value in the source's text form; null for NULL
     */
    void add(int newRun, boolean ordered, String text) {
        rows++;
        if (newRun != run) {
            run = newRun;
            previous = null;
        }
        if (text == null) {
            nulls++;
            return;
        }
        Optional<LocalDateTime> value = parse(text);
        if (value.isEmpty()) {
            zeros++;
        } else if (value.get().isBefore(min)) {
            before++;
        } else if (value.get().isAfter(max)) {
            after++;
        } else {
            inside(value.get(), ordered);
        }
    }

    private void inside(LocalDateTime value, boolean ordered) {
        future += value.isAfter(tomorrow) ? 1 : 0;
        if (ordered && previous != null) {
            pairs++;
            back += value.isBefore(previous.minusDays(1)) ? 1 : 0;
        }
        previous = value;
    }

    ColumnEvidence evidence() {
        return new ColumnEvidence(rows, nulls, zeros, before, after, future, pairs, back);
    }

    /** Empty for a date that does not exist, such as a zero date. */
    private static Optional<LocalDateTime> parse(String text) {
        try {
            return Optional.of(
                    text.length() == DATE_LENGTH
                            ? LocalDate.parse(text).atStartOfDay()
                            : LocalDateTime.parse(text.replace(' ', 'T')));
        } catch (DateTimeException notInTheCalendar) {
            return Optional.empty();
        }
    }
}
