package io.postgresloader.camel.operate;

import java.io.Serializable;

/** What an operator asked for that takes a while: one such request is carried out after the other. */
public record OperatorRequest(Kind kind, String table) implements Serializable {
    /** What is to be done with the table. */
    public enum Kind {
        /** Compare it with the source and record what was found. */
        VERIFY,
        /** Read the rows behind its open dead letters again. */
        REPLAY
    }
}
