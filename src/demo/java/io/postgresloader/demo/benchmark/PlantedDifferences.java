package io.postgresloader.demo.benchmark;

/** Differences that are made in the target's {@code securitylog}, to be found by a comparison. */
final class PlantedDifferences {
    private static final int DIFFERENT = 20;
    private static final int MISSING = 5;
    private static final int EXTRA = 5;

    private final long step;

    /** @param rows how many rows the table has, with the keys from 1 on; at least {@link #count} */
    PlantedDifferences(long rows) {
        step = rows / (DIFFERENT + MISSING);
    }

    int count() {
        return DIFFERENT + MISSING + EXTRA;
    }

    /** Statements that make them, spread over the table. */
    String[] statements() {
        return new String[] {
            "UPDATE raw.securitylog SET \"LogText\" = \"LogText\" || '.' WHERE \"SecurityLogNum\" IN" + " (SELECT 1 + "
                    + step + " * n FROM generate_series(0, " + (DIFFERENT - 1) + ") n)",
            "DELETE FROM raw.securitylog WHERE \"SecurityLogNum\" IN"
                    + " (SELECT 1 + " + step + " * (" + DIFFERENT + " + n) FROM generate_series(0, " + (MISSING - 1)
                    + ") n)",
            "INSERT INTO raw.securitylog SELECT (jsonb_populate_record(s, jsonb_build_object('SecurityLogNum', -n))).*"
                    + " FROM (SELECT s, row_number() OVER () AS n FROM raw.securitylog s LIMIT " + EXTRA + ") planted"
        };
    }
}
