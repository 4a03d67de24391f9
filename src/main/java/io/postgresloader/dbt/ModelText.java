package io.postgresloader.dbt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The text of a model's file: a line with a checksum, by which a later run detects edits, and the model. */
final class ModelText {
    private static final String HEAD =
            "-- Written by: postgres-loader dbt --staging. Unless it is edited, --merge replaces it. ";

    private static final Pattern FORM = Pattern.compile(Pattern.quote(HEAD) + "([0-9a-f]{8})\n(.*)", Pattern.DOTALL);

    private ModelText() {}

    static String of(StagingModel model) {
        String sql = model.sql();
        return HEAD + checksum(sql) + "\n" + sql;
    }

    /**
     * What a merge does with a file.
     *
     * @param text what the file then contains
     * @param change what changes, or is missing in a file that is kept; empty: nothing
     */
    record Merged(String text, Optional<String> change) {}

    static Merged merge(String before, StagingModel model) {
        String after = of(model);
        if (before.equals(after)) {
            return new Merged(before, Optional.empty());
        }
        String file = model.name() + ".sql";
        List<String> missing =
                model.quoted().stream().filter(name -> !before.contains(name)).toList();
        if (untouched(before)) {
            return new Merged(after, Optional.of("~ " + file + added(model, missing)));
        }
        return new Merged(
                before,
                missing.isEmpty()
                        ? Optional.empty()
                        : Optional.of("= " + file + ": edited, and kept; it does not name " + String.join(", ", missing)
                                + (model.incremental() ? "; once it does, " + rebuild(model) : "")));
    }

    /** Where a model gets columns, and its rows would keep NULL in them, the line says what to do. */
    private static String added(StagingModel model, List<String> missing) {
        return missing.isEmpty() || !model.incremental()
                ? ""
                : ": adds " + String.join(", ", missing) + "; " + rebuild(model);
    }

    private static String rebuild(StagingModel model) {
        return "rows that the model has already keep NULL there until: dbt run --full-refresh --select " + model.name();
    }

    private static boolean untouched(String text) {
        Matcher matcher = FORM.matcher(text.replace("\r\n", "\n"));
        return matcher.matches() && checksum(matcher.group(2)).equals(matcher.group(1));
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
