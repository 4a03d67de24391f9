package io.postgresloader.faults;

/** Loads all tables again and again, however badly that goes, until it is ended. */
interface Runner extends AutoCloseable {
    @Override
    void close();
}
