package io.postgresloader.app;

import io.postgresloader.testing.CorpusCase;
import io.postgresloader.testing.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the tables of a case in the source, and in the target where someone else made it before. */
final class CorpusTables {
    private final LoaderFixture fixture;
    private final CorpusLayout layout;

    CorpusTables(LoaderFixture fixture, CorpusLayout layout) {
        this.fixture = fixture;
        this.layout = layout;
    }

    void create(CorpusCase c) {
        List<String> statements = new ArrayList<>(c.session());
        if (c.storedAs().isPresent()) {
            statements.addAll(filled(c, c.table() + "_bytes", c.storedAs().get()));
            statements.add(table(c, c.table(), c.column()));
            fixture.source().execute(statements.toArray(String[]::new));
            exchangeDataFile(c.table());
        } else {
            statements.addAll(filled(c, c.table(), c.column()));
            fixture.source().execute(statements.toArray(String[]::new));
        }
        c.target().ifPresent(type -> createTarget(c, type));
    }

    private List<String> filled(CorpusCase c, String name, String column) {
        String table = Quoted.mariaDb(name);
        String number = Quoted.mariaDb(c.keyColumn());
        String into = "INSERT INTO " + table + " (" + number
                + c.value().map(v -> ", " + Quoted.mariaDb(c.valueColumn())).orElse("") + ") ";
        List<String> statements = new ArrayList<>(List.of(
                table(c, name, column),
                into + "VALUES "
                        + layout.special().stream()
                                .map(n -> "(" + n + c.value().map(v -> ", " + v).orElse("") + ")")
                                .collect(Collectors.joining(", "))));
        if (layout == CorpusLayout.SORTED) {
            int special = layout.special().get(0);
            c.before().ifPresent(before -> statements.add(others(into, before, 1, special - 1)));
            c.after().ifPresent(after -> statements.add(others(into, after, special + 1, layout.last(c))));
        } else if (layout.rows(c) > 1) {
            statements.add(others(into, c.good().orElse(""), 1, layout.last(c)));
        }
        return statements;
    }

    private String others(String into, String value, int from, int to) {
        return into + "SELECT seq" + (value.isEmpty() ? "" : ", " + value) + " FROM seq_" + from + "_to_" + to
                + " WHERE seq NOT IN (" + layout.numbers() + ")";
    }

    private String table(CorpusCase c, String name, String column) {
        String extra = c.extra().stream().map(e -> ", " + e).collect(Collectors.joining());
        return "CREATE TABLE " + Quoted.mariaDb(name) + " (" + Quoted.mariaDb(c.keyColumn()) + " int NOT NULL, "
                + Quoted.mariaDb(c.valueColumn()) + " " + column + extra + ", PRIMARY KEY ("
                + key(c).stream().map(CorpusTables::mysqlPart).collect(Collectors.joining(", ")) + ")) ENGINE="
                + c.engine();
    }

    private List<String> key(CorpusCase c) {
        return layout == CorpusLayout.SORTED ? List.of(c.valueColumn()) : c.key();
    }

    /** A column, or the first characters of one: {@code V(100)}. */
    private static String mysqlPart(String part) {
        String name = part.replaceFirst("\\(\\d+\\)$", "");
        return Quoted.mariaDb(name) + part.substring(name.length());
    }

    private void createTarget(CorpusCase c, String type) {
        fixture.target()
                .execute("CREATE TABLE " + Quoted.postgres("raw", c.table()) + " ("
                        + Quoted.postgres(c.keyColumn()) + " integer, "
                        + Quoted.postgres(c.valueColumn()) + " " + type + ", PRIMARY KEY ("
                        + key(c).stream().map(Quoted::postgres).collect(Collectors.joining(", "))
                        + "))");
    }

    /** The only way for bytes that the server itself would not take; both columns have the same length in bytes. */
    private void exchangeDataFile(String table) {
        String database = fixture.source().value("SELECT CONCAT(@@datadir, DATABASE())");
        fixture.source().execute("FLUSH TABLES " + table + ", " + table + "_bytes");
        for (String suffix : List.of(".MYD", ".MYI")) {
            Path files = Path.of(database);
            try {
                Files.copy(
                        files.resolve(table + "_bytes" + suffix),
                        files.resolve(table + suffix),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        fixture.source().execute("FLUSH TABLES " + table);
    }
}
