package io.postgresloader.demo.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tables of the source that are loaded together.
 *
 * @param name a word, part of the names of databases and files
 * @param engine the storage engine of the tables
 * @param rows how many rows the tables have together
 * @param options the options of all tables, as in the table list: {@code {load: full}}
 */
record Job(String name, String engine, List<String> tables, long rows, String options) {
    Job {
        tables = List.copyOf(tables);
    }

    /** The database of the tables at the source. */
    String source() {
        return "benchmark_" + name;
    }

    /** The database of the target with empty tables, as the loader creates them, for the floor and other programs. */
    String model() {
        return name + "_model";
    }

    /** The rows of a table as COPY reads them. */
    Path file(String table) {
        return Bench.DIRECTORY.resolve(name + "." + table + ".copy");
    }

    /** The table list of the loader. */
    Path list() {
        return Bench.DIRECTORY.resolve(name + ".yml");
    }

    void writeList() throws IOException {
        Files.write(list(), tables.stream().map(table -> table + ": " + options).toList());
    }
}
