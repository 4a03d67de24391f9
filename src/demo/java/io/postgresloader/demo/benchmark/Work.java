package io.postgresloader.demo.benchmark;

import java.io.IOException;
import java.sql.SQLException;

/** Some workloads that need the same tables. */
interface Work extends AutoCloseable {
    /** Makes the tables. */
    void prepare() throws Exception;

    /** Measures each program once. */
    void round(int round) throws Exception;

    /** Ends what was started, and deletes what was made. */
    @Override
    void close() throws SQLException, IOException;
}
