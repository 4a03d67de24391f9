package io.postgresloader.camel.operate;

import java.io.Serializable;

/** A request of an operator that takes time. Requests are carried out one after the other. */
public record OperatorRequest(Kind kind, String table) implements Serializable {
    /** What to do with the table. */
    public enum Kind {
        /** Compare it with the source and record the result. */
        VERIFY,
        /** Load the rows of its open dead letters again. */
        REPLAY
    }
}
