package io.postgresloader.faults;

import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What source, target and ledger say of each other once all is quiet. It knows nothing of the product's code. */
final class Settlement {
    private final Database source;
    private final Database target;
    private final Ledger ledger;
    private final List<String> others;

    /** @param others tables apart from those of the storm, which must be equal */
    Settlement(Database source, Database target, Ledger ledger, List<String> others) {
        this.others = others;
        this.source = source;
        this.target = target;
        this.ledger = ledger;
    }

    /**
     * What must not be before any repair: only deleted rows, rows whose last write no increment can see, and open
     * dead letters may differ.
     */
    List<String> beforeRepair() {
        List<String> wrong = new ArrayList<>();
        for (StormTable table : StormTable.values()) {
            Map<String, String> inSource = tokens(source, table.sourceTokens());
            Map<String, String> inTarget = tokens(target, table.targetTokens());
            Set<String> deadLetters = new HashSet<>(target.rows(table.deadLetters()));
            againstLedger(table, inSource, wrong);
            inTarget.forEach((key, token) -> {
                if (!ledger.mayExist(token)) {
                    wrong.add(table + " " + key + ": the target has what was rolled back, " + token);
                }
            });
            for (String difference : differences(table)) {
                String key = key(difference);
                boolean mayWait = difference.endsWith(": extra") || !ledger.isVisible(inSource.getOrDefault(key, ""));
                if (!deadLetters.contains(key) && !mayWait) {
                    wrong.add(table + " " + difference + ", source " + inSource.get(key) + ", target "
                            + inTarget.get(key));
                }
            }
        }
        others.forEach(table -> wrong.addAll(Canonical.differences(source, target, table)));
        return wrong;
    }

    /** What must not be after it: nothing but open dead letters may differ. */
    List<String> afterRepair() {
        List<String> wrong = new ArrayList<>();
        for (StormTable table : StormTable.values()) {
            Set<String> deadLetters = new HashSet<>(target.rows(table.deadLetters()));
            differences(table).stream()
                    .filter(difference -> !deadLetters.contains(key(difference)))
                    .forEach(difference -> wrong.add(table + " " + difference));
        }
        return wrong;
    }

    /** How many cells and rows differ. */
    long differences() {
        long count = 0;
        for (StormTable table : StormTable.values()) {
            count += differences(table).size();
        }
        return count;
    }

    private void againstLedger(StormTable table, Map<String, String> inSource, List<String> wrong) {
        Set<String> seeds = new HashSet<>();
        for (int i = 1; i <= StormTable.SEEDS; i++) {
            seeds.add(table.seed(i).shown());
        }
        Set<String> keys = new HashSet<>(ledger.keys(table));
        keys.addAll(inSource.keySet());
        keys.addAll(seeds);
        for (String key : keys) {
            Optional<String> actual = Optional.ofNullable(inSource.get(key));
            Set<Optional<String>> possible = ledger.possible(table, key, seeds.contains(key));
            if (!possible.contains(actual) && !actual.map(ledger::isLost).orElse(false)) {
                wrong.add(table + " " + key + ": the source has " + actual + " instead of " + possible);
            }
        }
    }

    private List<String> differences(StormTable table) {
        return Canonical.differences(source, target, table.table());
    }

    private static String key(String difference) {
        return difference.substring("key (".length(), difference.lastIndexOf("): "));
    }

    private static Map<String, String> tokens(Database database, String sql) {
        Map<String, String> tokens = new HashMap<>();
        for (String row : database.rows(sql)) {
            String[] cells = row.split("\\|");
            tokens.put(cells[0], cells[1]);
        }
        return tokens;
    }
}
