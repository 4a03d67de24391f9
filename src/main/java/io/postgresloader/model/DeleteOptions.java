package io.postgresloader.model;

/**
 * What happens to target rows whose key was deleted in the source.
 *
 * @param policy what a repair does with these rows
 * @param maxFraction the delete limit: the part of the target's rows, 0 to 1, that a repair may delete or mark without
 *     the user's consent
 */
public record DeleteOptions(DeletePolicy policy, double maxFraction) {
    public static final DeleteOptions DEFAULT = new DeleteOptions(DeletePolicy.DELETE, 0.05);

    /** The least delete limit, in rows. Small tables are sometimes emptied, which a fraction would not allow. */
    private static final long ALWAYS_DELETED = 100;

    /**
     * Whether a number of rows is within the delete limit.
     *
     * @param extra the rows to delete or mark
     * @param rows the rows that the target has
     */
    public boolean mayDelete(long extra, long rows) {
        return extra <= Math.max(ALWAYS_DELETED, maxFraction * rows);
    }
}
