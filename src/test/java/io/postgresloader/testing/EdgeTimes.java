package io.postgresloader.testing;

import java.util.List;
import java.util.stream.Stream;

/** The days and times at which a type, a calendar or a clock ends. */
final class EdgeTimes {
    private static final List<String> DAYS = List.of(
            "0001-01-01",
            "0099-12-31",
            "1000-01-01",
            // Where calendars change from Julian to Gregorian, in software that follows them.
            "1582-10-04",
            "1582-10-10",
            "1582-10-15",
            "1899-12-31",
            "1902-07-31",
            "1969-12-31",
            "1970-01-01",
            "2000-02-29",
            "9999-12-31");

    /** In UTC, where none of them is special; in other zones some do not exist and some exist twice. */
    private static final List<String> TIMES_OF_CHANGED_CLOCKS =
            List.of("2024-03-10 02:30:00", "2024-11-03 01:30:00", "2024-03-31 01:30:00", "2016-12-31 23:59:59");

    static final List<String> TIMES = quoted(Stream.of(
            "-838:59:59",
            "838:59:59",
            "-100:00:00",
            "-01:00:00",
            "-00:00:01",
            "00:00:00",
            "00:00:01",
            "23:59:59",
            "24:00:00",
            "24:00:01"));

    private EdgeTimes() {}

    static List<String> dates() {
        return quoted(Stream.concat(Stream.of("0000-00-00"), DAYS.stream()));
    }

    static List<String> datetimes() {
        Stream<String> days = DAYS.stream().flatMap(day -> Stream.of(day + " 00:00:00", day + " 23:59:59"));
        return quoted(Stream.of(Stream.of("0000-00-00 00:00:00"), days, TIMES_OF_CHANGED_CLOCKS.stream())
                .flatMap(s -> s));
    }

    static List<String> timestamps() {
        return quoted(Stream.concat(
                Stream.of("0000-00-00 00:00:00", "1970-01-01 00:00:01", "2038-01-19 03:14:07", "2001-09-09 01:46:40"),
                TIMES_OF_CHANGED_CLOCKS.stream()));
    }

    private static List<String> quoted(Stream<String> values) {
        return values.map(value -> "'" + value + "'").toList();
    }
}
