package io.postgresloader.faults;

/** The commits of a load, identified by what their transaction carried. */
enum Boundary {
    /** Rows, of whatever chunk. */
    CHUNK,
    /** Rows, some of which became dead letters. */
    DEAD_LETTER,
    /** The watermarks and the load's row in the metrics. */
    FINISH;

    boolean matches(boolean copied, boolean deadLettered, boolean finished) {
        return switch (this) {
            case CHUNK -> copied;
            case DEAD_LETTER -> deadLettered;
            case FINISH -> finished;
        };
    }
}
