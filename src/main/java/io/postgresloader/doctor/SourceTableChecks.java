package io.postgresloader.doctor;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.Nearest;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.config.tables.CatalogCheck;
import io.postgresloader.doctor.SourceFacts.Relation;
import io.postgresloader.source.SourceSchema;
import io.postgresloader.sql.Identifiers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Examines the tables of the list in the source: that they exist, can be read, and are tables that can be loaded. */
final class SourceTableChecks {
    /** {@code _visit_gho} and {@code _visit_ghc} of gh-ost, {@code _visit_new} and {@code _visit_old} of pt-osc. */
    private static final Pattern SHADOW = Pattern.compile("_.+_(gho|ghc|del|new|old)");

    /** Whose rows are those of another server or table, or are lost when the server stops. */
    private static final Set<String> UNUSUAL_ENGINES =
            Set.of("MEMORY", "BLACKHOLE", "FEDERATED", "CONNECT", "SPIDER", "MRG_MYISAM", "SPHINX");

    private final Examined examined;
    private final SourceFacts facts;
    private final SourceSchema schema;

    private SourceTableChecks(Examined examined, SourceFacts facts) {
        this.examined = examined;
        this.facts = facts;
        this.schema = new SourceSchema(facts.source());
    }

    static List<Examination> of(Examined examined, SourceFacts facts) {
        SourceTableChecks checks = new SourceTableChecks(examined, facts);
        SourceKeyChecks keys = new SourceKeyChecks(examined, facts);
        String all = "all " + examined.tables().size() + " tables ";
        return List.of(
                new Examination(Check.TABLE_EXISTS, all + "exist in the source", checks::exist),
                new Examination(Check.TABLE_SELECT, "no table or column lacks the right SELECT", checks::readable),
                new Examination(Check.TABLE_COLUMNS, "the source has all columns of the table list", checks::columns),
                new Examination(Check.TABLE_ENGINE, "", checks::engines),
                new Examination(Check.TABLE_SHADOW, "no table is a shadow table", checks::shadows),
                new Examination(Check.TABLE_KEY, "rows of all tables can be upserted by a key", keys::keys),
                new Examination(
                        Check.TABLE_RANDOM_KEY, "no table without a cursor column has random keys", keys::random),
                new Examination(Check.TABLE_WIDTH, "all tables fit into PostgreSQL", keys::widths));
    }

    private List<Finding> exist() {
        long found = examined.tables().stream()
                .filter(facts.relations()::containsKey)
                .count();
        if (found == 0 && examined.tables().size() > 1) {
            return List.of(Check.TABLE_EXISTS.fault("the user sees none of the "
                    + examined.tables().size()
                    + " tables of " + examined.catalog().file() + " in the source; check SOURCE_URL and the user's"
                    + " grants, or make a list for this source with: analyze --force"));
        }
        return each(this::exists);
    }

    private Optional<Finding> exists(String table) {
        Relation relation = facts.relations().get(table);
        if (relation == null) {
            return schema.missingRight(table).isPresent() ? Optional.empty() : Optional.of(missing(table));
        }
        return relation.table()
                ? Optional.empty()
                : Optional.of(Check.TABLE_EXISTS
                        .fault("is a " + relation.type().toLowerCase(Locale.ROOT)
                                + ", not a table; remove it from the table list")
                        .of(table));
    }

    private Finding missing(String table) {
        String near = Nearest.to(table, facts.relations().keySet())
                .map(name -> "did you mean " + name + "? ")
                .orElse("");
        return Check.TABLE_EXISTS
                .fault("the source has no such table; " + near + "remove it from the table list, or restore it")
                .of(table);
    }

    private List<Finding> readable() {
        Set<String> partly = new HashSet<>();
        facts.perhapsPartlyReadable().forEach(partly::add);
        return each(table -> shown(table)
                ? Optional.of(table).filter(partly::contains).flatMap(this::hiddenColumns)
                : schema.missingRight(table).map(grant -> Check.TABLE_SELECT
                        .fault("the user has no right SELECT on it, if it exists")
                        .of(table)
                        .run(grant)));
    }

    /** MySQL 5.7 lists a table that the user has lost the right to, but none of its columns. */
    private boolean shown(String table) {
        Relation relation = facts.relations().get(table);
        return relation != null
                && (!relation.table()
                        || facts.tables().containsKey(table)
                                && !facts.tables().get(table).columns().isEmpty());
    }

    private Optional<Finding> hiddenColumns(String table) {
        return schema.hiddenColumns(table).map(hidden -> Check.TABLE_SELECT
                .fault("the user has no right SELECT on the columns " + hidden.places()
                        + ", so that the server does not list them")
                .of(table)
                .run(hidden.grant()));
    }

    private List<Finding> columns() {
        List<Finding> found = new ArrayList<>();
        for (String table : examined.tables()) {
            if (facts.tables().containsKey(table)) {
                Set<String> others = new HashSet<>(examined.catalog().tables().keySet());
                others.remove(table);
                found.addAll(columns(table, examined.catalog().without(others)));
            }
        }
        return found;
    }

    private List<Finding> columns(String table, Catalog catalog) {
        try {
            CatalogCheck.against(catalog, facts.tables());
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream()
                    .map(problem ->
                            Check.TABLE_COLUMNS.fault(problem.toString()).of(table))
                    .toList();
        }
    }

    private List<Finding> engines() {
        List<Finding> found = new ArrayList<>();
        found.add(Check.TABLE_ENGINE.ok("tables by engine: "
                + examined.tables().stream()
                        .map(facts.relations()::get)
                        .filter(Objects::nonNull)
                        .filter(Relation::table)
                        .collect(Collectors.groupingBy(
                                relation -> relation.engine().orElse("none"), TreeMap::new, Collectors.counting()))));
        found.addAll(each(table -> Optional.ofNullable(facts.relations().get(table))
                .filter(Relation::table)
                .flatMap(relation -> engine(table, relation))));
        return found;
    }

    private static Optional<Finding> engine(String table, Relation relation) {
        if (relation.engine().isEmpty()) {
            return Optional.of(Check.TABLE_ENGINE
                    .fault("the server cannot open it: it is damaged, or its engine is not loaded; make a copy of its"
                            + " files before you repair it")
                    .of(table)
                    .run("CHECK TABLE " + Identifiers.mysql(table)));
        }
        if (relation.versioned()) {
            return Optional.of(Check.TABLE_ENGINE
                    .ok("is system-versioned; its current rows are loaded, and its history is not")
                    .of(table));
        }
        return relation.engine()
                .filter(engine -> UNUSUAL_ENGINES.contains(engine.toUpperCase(Locale.ROOT)))
                .map(engine -> Check.TABLE_ENGINE
                        .warning("has the engine " + engine + ", whose rows are not kept by this server: rows that it"
                                + " does not show any more count as deleted; set deletes: ignore, or remove the table"
                                + " from the table list")
                        .of(table));
    }

    private List<Finding> shadows() {
        return each(table -> SHADOW.matcher(table).matches()
                ? Optional.of(Check.TABLE_SHADOW
                        .warning("looks like a table that gh-ost or pt-online-schema-change makes for the time of a"
                                + " change; remove it from the table list")
                        .of(table))
                : Optional.empty());
    }

    private List<Finding> each(Function<String, Optional<Finding>> check) {
        return examined.tables().stream().map(check).flatMap(Optional::stream).toList();
    }
}
