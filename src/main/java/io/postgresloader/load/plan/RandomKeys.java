package io.postgresloader.load.plan;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Detects that a source hands out keys at random, as Open Dental can. A load by new keys does not see a new row with a
 * key below the greatest one.
 */
public final class RandomKeys {
    /** What a load by new keys notes about such a table. */
    public static final String NOTE = "the keys seem to be random, since most of the greatest ones are more than 1,000"
            + " apart: new rows with lower keys do not show until a comparison; name a column that shows new rows in"
            + " incremental_columns, or set load: full";

    /** So many of the greatest keys are looked at. */
    static final int LOOKED_AT = 21;

    /** Keys that are handed out one after the other are closer, even if most of the rows were deleted since. */
    private static final BigInteger FAR = BigInteger.valueOf(1_000);

    private RandomKeys() {}

    /**
     * The note, if most neighbours are far from each other. One key that an import chose decides nothing.
     *
     * @param top the greatest keys, in descending order
     */
    static Optional<String> note(List<BigInteger> top) {
        if (top.size() < LOOKED_AT) {
            return Optional.empty();
        }
        int far = 0;
        for (int i = 1; i < top.size(); i++) {
            far += top.get(i - 1).subtract(top.get(i)).compareTo(FAR) > 0 ? 1 : 0;
        }
        return far * 2 > top.size() - 1 ? Optional.of(NOTE) : Optional.empty();
    }
}
