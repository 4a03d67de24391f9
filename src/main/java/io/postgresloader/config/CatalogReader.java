package io.postgresloader.config;

import io.postgresloader.model.*;
import java.nio.file.*;
import java.time.*;
import java.util.*;

public final class CatalogReader {
    private CatalogReader() {}

    @SuppressWarnings("unchecked")
    public static Catalog read(Path f) {
        try {
            Map<String, Map<String, Object>> m =
                    (Map<String, Map<String, Object>>) (Object) new org.yaml.snakeyaml.Yaml().load(Files.readString(f));
            Map<String, TableOptions> t = new LinkedHashMap<>();
            m.forEach((n, o) -> {
                Map<String, Object> x = o == null ? Map.of() : o;
                TableOptions d = TableOptions.defaults(n);
                Object pk = x.get("primary_key");
                t.put(
                        n,
                        new TableOptions(
                                n,
                                pk == null
                                        ? List.of()
                                        : pk instanceof List<?> l ? (List<String>) l : List.of(pk.toString()),
                                (List<String>) x.getOrDefault("incremental_columns", List.of()),
                                "and_logic".equals(x.get("incremental_strategy")) ? CursorLogic.AND : CursorLogic.OR,
                                d.bounds(),
                                d.schedule(),
                                d.load(),
                                d.lookback(),
                                true,
                                d.reconcile(),
                                d.deletes(),
                                Map.of()));
            });
            return new Catalog(f, t, Map.of(), List.of());
        } catch (java.io.IOException e) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(f.toString(), 0, "x", "x", "x")));
        }
    }
}
