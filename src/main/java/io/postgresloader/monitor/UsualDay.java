package io.postgresloader.monitor;

import io.postgresloader.monitor.TableRow.DayRows;
import io.postgresloader.tracking.RunHistory.Day;
import io.postgresloader.tracking.RunHistory.Days;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What loads changed in the last 24 hours of a table, and what is usual. */
final class UsualDay {
    /** So many days before the last one are looked at. */
    static final int DAYS = 14;

    /** With fewer days, nothing is called usual. */
    private static final int LEAST = 3;

    private static final Day NOTHING = new Day(0, 0, 0, 0);

    private UsualDay() {}

    static DayRows last(Days days) {
        return rows(byDay(days).getOrDefault(0, NOTHING));
    }

    /** The median of each count, over the days that are known as a whole; empty: these are too few. */
    static Optional<DayRows> of(Days days) {
        int known = (int) Math.min(DAYS, days.known().minus(Duration.ofDays(1)).toDays());
        if (known < LEAST) {
            return Optional.empty();
        }
        Map<Integer, Day> byDay = byDay(days);
        List<Day> before = IntStream.rangeClosed(1, known)
                .mapToObj(day -> byDay.getOrDefault(day, NOTHING))
                .toList();
        return Optional.of(
                new DayRows(median(before, Day::inserted), median(before, Day::updated), median(before, Day::deleted)));
    }

    private static Map<Integer, Day> byDay(Days days) {
        return days.days().stream().collect(Collectors.toMap(Day::day, Function.identity()));
    }

    private static DayRows rows(Day day) {
        return new DayRows(day.inserted(), day.updated(), day.deleted());
    }

    /** Of an even number of days, the mean of the two in the middle, rounded down. */
    private static long median(List<Day> days, ToLongFunction<Day> count) {
        long[] sorted = days.stream().mapToLong(count).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
