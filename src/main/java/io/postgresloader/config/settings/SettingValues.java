package io.postgresloader.config.settings;

import io.postgresloader.config.Durations;
import io.postgresloader.config.Problems;
import io.postgresloader.config.SystemCharset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Converts the texts of the settings to values of their types, and records problems. */
final class SettingValues {
    private static final int LONGEST_IDENTIFIER_BYTES = 63;

    /** The schema is inserted into route files and URIs, where any other character could have a meaning. */
    private static final Pattern SCHEMA = Pattern.compile("[\\p{L}\\p{N}_-]*");

    private static final Pattern HOST = Pattern.compile("[\\w.:-]+");

    private final Map<Setting, SettingValue> values;
    private final Problems problems;

    /** @param values one for each setting that has a value, defaults included */
    SettingValues(Map<Setting, SettingValue> values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** The text unchanged, since a blank may be part of a password. */
    String password(Setting setting) {
        return value(setting).map(SettingValue::text).orElse("");
    }

    String text(Setting setting) {
        return value(setting).map(v -> v.text().strip()).orElse("");
    }

    String url(Setting setting, BiConsumer<SettingValue, Problems> rules) {
        value(setting).filter(v -> !v.text().isBlank()).ifPresent(v -> rules.accept(stripped(v), problems));
        return text(setting);
    }

    Tls tls(TlsRules rules) {
        return rules.read(this::value, problems);
    }

    String schema(Setting setting) {
        String schema = text(setting);
        int bytes = schema.getBytes(StandardCharsets.UTF_8).length;
        if (!SCHEMA.matcher(schema).matches()) {
            problem(setting, "'" + schema + "' is not a valid schema name", "allowed: letters, digits, _ and -");
        } else if (bytes == 0 || bytes > LONGEST_IDENTIFIER_BYTES) {
            String limit = "expected 1 to " + LONGEST_IDENTIFIER_BYTES + " bytes, since PostgreSQL cuts longer names";
            problem(setting, "the name has " + bytes + " bytes", limit);
        }
        return schema;
    }

    Path path(Setting setting) {
        try {
            if (!text(setting).isEmpty()) {
                return Path.of(text(setting));
            }
            problem(setting, "no value", "name a path");
        } catch (InvalidPathException noPath) {
            SystemCharset charset = SystemCharset.ofArguments();
            if (charset.lacks(text(setting))) {
                problem(setting, charset.found("the path"), SystemCharset.ALLOWED);
            } else {
                problem(setting, "not a valid path", "name a path");
            }
        }
        return Path.of("");
    }

    Optional<ZoneId> zone(Setting setting) {
        try {
            return Optional.of(text(setting)).filter(t -> !t.isEmpty()).map(ZoneId::of);
        } catch (DateTimeException noZone) {
            String allowed = "expected a zone such as America/Chicago or -06:00, or an empty value";
            problem(setting, "'" + text(setting) + "' is not a time zone", allowed);
            return Optional.empty();
        }
    }

    /** A whole number in the setting's range. */
    int integer(Setting setting) {
        String text = text(setting);
        return (int) inRange(
                setting,
                text.matches("\\d{1,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty(),
                "",
                "");
    }

    /** A duration; empty: off. */
    Optional<Duration> durationOrOff(Setting setting) {
        String text = text(setting);
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isEmpty() && !text.equals("off")) {
            String allowed = "expected a duration such as 90d or 24h, at most 3650d, or off";
            problem(setting, "'" + text + "' is not a duration", allowed);
        }
        return duration;
    }

    /** One of these words, two or more. */
    String choice(Setting setting, String... words) {
        String text = text(setting);
        List<String> allowed = List.of(words);
        if (!allowed.contains(text)) {
            String last = " or " + allowed.get(allowed.size() - 1);
            String expected = "expected " + String.join(", ", allowed.subList(0, allowed.size() - 1)) + last;
            problem(setting, "'" + text + "' is not a known value", expected);
        }
        return text;
    }

    /** An address of this machine, by number or name. */
    String host(Setting setting) {
        String text = text(setting);
        if (!HOST.matcher(text).matches()) {
            String allowed = "name an address of this machine, such as 127.0.0.1 or 0.0.0.0";
            problem(setting, "'" + text + "' is not an address", allowed);
        }
        return text;
    }

    /** JMX over HTTP requires a login and a policy, since its clients can call operations. */
    void requireGuards(Settings.Jolokia jolokia) {
        if (jolokia.on() && !Files.isReadable(jolokia.policy())) {
            problem(
                    Setting.JOLOKIA_POLICY,
                    "'" + jolokia.policy() + "' is not readable",
                    "name the policy shipped with the loader, or your own");
        }
        if (jolokia.on() && (jolokia.user().isEmpty() || jolokia.password().isEmpty())) {
            problem(
                    Setting.JOLOKIA_PORT,
                    "port " + jolokia.port() + " has no login",
                    "set jolokia.user and JOLOKIA_PASSWORD: anyone who reaches the port can start loads");
        }
    }

    /** Words between commas or blanks. */
    List<String> words(Setting setting) {
        return Arrays.stream(text(setting).split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** An amount of memory in the setting's range. */
    long bytes(Setting setting) {
        return inRange(setting, ByteSize.parse(text(setting)), " of bytes", ", such as 16MiB, 16MB or 16777216");
    }

    private long inRange(Setting setting, OptionalLong number, String unit, String examples) {
        if (number.isPresent() && number.getAsLong() >= setting.least() && number.getAsLong() <= setting.most()) {
            return number.getAsLong();
        }
        boolean isNumber = number.isPresent() || text(setting).matches("-?\\d+");
        problem(
                setting,
                "'" + text(setting) + (isNumber ? "' is out of range" : "' is not a number" + unit),
                "expected " + setting.range().orElseThrow() + examples);
        return setting.least();
    }

    private Optional<SettingValue> value(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    private static SettingValue stripped(SettingValue v) {
        return new SettingValue(v.setting(), v.text().strip(), v.file(), v.line(), v.name());
    }

    void problem(Setting setting, String found, String allowed) {
        value(setting).ifPresent(v -> v.problem(found, allowed, problems));
    }
}
