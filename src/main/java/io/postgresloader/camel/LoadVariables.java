package io.postgresloader.camel;

/** The exchange variables of a load. A body goes from step to step; a variable is read by several steps. */
public final class LoadVariables {
    /** The {@link io.postgresloader.model.LoadRequest}, from the start to the end of a load. */
    public static final String REQUEST = "request";

    /** The {@link io.postgresloader.load.run.Claim} of the attempt. */
    public static final String CLAIM = "claim";

    /** The {@link io.postgresloader.load.plan.LoadPlan} of the attempt; absent until the attempt has planned. */
    public static final String PLAN = "plan";

    /** The {@link io.postgresloader.load.run.Position} after the last committed chunk; a retry begins there. */
    public static final String POSITION = "position";

    /** The {@link io.postgresloader.model.Page} whose rows are being written. */
    public static final String PAGE = "page";

    /** The {@link io.postgresloader.source.PageRequest} of the page that is pulled or awaited. */
    public static final String NEXT_PAGE = "nextPage";

    /** The {@link io.postgresloader.model.Failure} of the attempt that failed last. */
    public static final String FAILURE = "failure";

    /** The {@link io.postgresloader.model.LoadResult}s of loads that were recorded without a load of their own. */
    static final String RECORDED = "recorded";

    private LoadVariables() {}
}
