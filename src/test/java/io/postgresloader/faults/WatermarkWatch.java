package io.postgresloader.faults;

import io.postgresloader.testing.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at the watermarks all the time: they may never go back. */
final class WatermarkWatch implements AutoCloseable {
    private static final String WATERMARKS =
            """
            SELECT table_name || ' horizon', (watermarks->>'horizon')::timestamp::text FROM raw.etl_load_status
            WHERE watermarks IS NOT NULL
            UNION ALL
            SELECT table_name || ' ' || key, value::timestamp::text
            FROM raw.etl_load_status, jsonb_each_text(watermarks->'cursors')
            """;

    private static final long EVERY_MILLIS = 150;

    private final Database target;
    private final Map<String, String> highest = new HashMap<>();
    private final List<String> steps = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "watermarks");
    private volatile boolean over;
    private int looks;

    WatermarkWatch(Database target) {
        this.target = target;
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the watch. */
    @Override
    public void close() {
        over = true;
        Pause.untilEnded(thread);
    }

    /** Each step back that was seen; after the watch has ended. */
    List<String> stepsBack() {
        return steps;
    }

    /** How often it could look. */
    int looks() {
        return looks;
    }

    private void run() {
        while (!over) {
            try {
                target.rows(WATERMARKS).forEach(row -> seen(row.split("\\|")));
                looks++;
            } catch (AssertionError notNow) {
                // The target is away, or has no tracking tables yet.
            }
            try {
                Thread.sleep(EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void seen(String... watermark) {
        String before = highest.merge(watermark[0], watermark[1], (a, b) -> a.compareTo(b) > 0 ? a : b);
        if (before.compareTo(watermark[1]) > 0) {
            steps.add(watermark[0] + " went back from " + before + " to " + watermark[1]);
        }
    }
}
