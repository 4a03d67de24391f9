package io.postgresloader.demo.benchmark.measure;

import java.sql.SQLException;
import java.util.Map;

/** Counters that a server keeps itself, such as its statements. */
@FunctionalInterface
public interface Counters {
    /** The counters now; their differences count. */
    Map<Quantity, Double> read() throws SQLException;
}
