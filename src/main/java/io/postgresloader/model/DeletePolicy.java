package io.postgresloader.model;

/** What a repair does with extra rows: target rows whose key was deleted in the source. */
public enum DeletePolicy {
    /** Deletes extra rows. */
    DELETE("deleted"),
    /** Keeps extra rows, with the time in {@code _deleted_at}. */
    MARK("marked as deleted"),
    /** Keeps extra rows unchanged. */
    IGNORE("kept");

    /** The column of {@link #MARK}: when the loader found that the row is deleted in the source; NULL in other rows. */
    public static final String DELETED_AT = "_deleted_at";

    private final String participle;

    DeletePolicy(String participle) {
        this.participle = participle;
    }

    /** Whether a repair deletes or marks extra rows. Otherwise a table with extra rows needs no repair. */
    public boolean removes() {
        return switch (this) {
            case DELETE, MARK -> true;
            case IGNORE -> false;
        };
    }

    /** Whether extra rows are marked in a column. */
    public boolean marks() {
        return this == MARK;
    }

    /**
     * How rows are removed from a table under this policy: a target that has the mark keeps to marking.
     *
     * @param marked whether the target has the column {@code _deleted_at}
     */
    public DeletePolicy removal(boolean marked) {
        return switch (this) {
            case MARK -> MARK;
            case DELETE, IGNORE -> marked ? MARK : DELETE;
        };
    }

    /** Whether the policy is possible for a table without a key, whose rows are compared only as a whole. */
    public boolean worksWithoutKey() {
        return this == DELETE;
    }

    /** What was done with a number of extra rows, e.g. {@code 12 rows deleted}. */
    public String describe(long rows) {
        return rows(rows) + " " + participle;
    }

    /** A number of rows, e.g. {@code 1 row}. */
    public static String rows(long rows) {
        return rows == 1 ? "1 row" : rows + " rows";
    }
}
