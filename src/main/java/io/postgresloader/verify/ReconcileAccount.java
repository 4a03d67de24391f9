package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Keeps account of comparisons in {@code etl_load_status} and {@code etl_table_metrics}. */
public final class ReconcileAccount {
    private final LoadServices services;

    public ReconcileAccount(LoadServices services) {
        this.services = services;
    }

    /**
     * @param type {@code reconcile} or {@code verify}
     * @param start when the comparison began
     */
    public void record(String type, Reconciliation done, Instant start) {
        Comparison found = done.found();
        boolean proven =
                done.result() == Reconciliation.Result.EQUAL || done.result() == Reconciliation.Result.REPAIRED;
        Map<String, Object> values = new HashMap<>();
        values.put("id", UUID.randomUUID().toString());
        values.put("type", type);
        values.put("reason", done.reason());
        values.put("table", done.table());
        values.put("result", done.result().word());
        values.put("message", done.message().orElse(null));
        values.put("proven", proven);
        values.put("started", start.atOffset(ZoneOffset.UTC));
        values.put("seconds", done.seconds());
        values.put("equal", found.equal());
        values.put("missing", found.missing());
        values.put("different", found.different());
        values.put("extra", found.extra());
        values.put("violations", done.violations());
        services.reconcileRecords().record(values);
    }
}
