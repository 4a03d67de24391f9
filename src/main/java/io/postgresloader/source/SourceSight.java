package io.postgresloader.source;

import io.postgresloader.database.Source;
import java.util.List;

/** What the source's user may see of the work of others. Unlike {@link SourceClock}, it reports and logs nothing. */
public final class SourceSight {
    private final Source source;

    public SourceSight(Source source) {
        this.source = source;
    }

    /** What of open transactions and statements cannot be seen, with the grant that is missing; none: all can be seen. */
    public List<String> openWork() {
        return new OpenWorkQueries(source).read().notes();
    }

    /**
     * How the source follows a primary.
     *
     * @param follows whether it follows, or has no primary
     * @param notes what an operator should know; none: it has no primary
     */
    public record Replica(boolean follows, List<String> notes) {}

    public Replica replica() {
        Replication.Following following = new Replication(source).read(ServerVariables.read(source));
        return new Replica(following.lag().isPresent(), following.notes());
    }
}
