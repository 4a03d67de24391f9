package io.postgresloader.config.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory: {@code 16MiB} (powers of 1024), {@code 16MB} (powers of 1000) or plain bytes. */
final class ByteSize {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([kmg]?i?b)?");
    private static final Map<String, Long> UNITS = Map.of(
            "b",
            1L,
            "kb",
            1_000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "kib",
            1L << 10,
            "mib",
            1L << 20,
            "gib",
            1L << 30);

    private ByteSize() {}

    /** The number of bytes; empty if the text is not an amount of memory, or is larger than a long can store. */
    static OptionalLong parse(String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        Long unit = matcher.group(2) == null ? Long.valueOf(1) : UNITS.get(matcher.group(2));
        long number = Long.parseLong(matcher.group(1));
        return unit == null || number > Long.MAX_VALUE / unit ? OptionalLong.empty() : OptionalLong.of(number * unit);
    }

    /** The shortest exact form, e.g. {@code 64KiB}. */
    static String show(long bytes) {
        for (String unit : List.of("GiB", "MiB", "KiB")) {
            long size = UNITS.get(unit.toLowerCase(Locale.ROOT));
            if (bytes >= size && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return Long.toString(bytes);
    }
}
