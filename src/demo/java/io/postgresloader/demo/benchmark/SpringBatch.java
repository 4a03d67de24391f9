package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.demo.server.SourceServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.item.ItemReader;

/** A job of Spring Batch as its manual shows it: a cursor, and chunks that a JDBC batch upserts. */
final class SpringBatch implements Contender {
    @Override
    public String name() {
        return "spring-batch";
    }

    @Override
    public String program() {
        return "Spring Batch, chunks of " + SpringBatchProgram.CHUNK + " upserts";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public List<List<ProcessBuilder>> programs(Bench bench, Job job) throws Exception {
        List<String> upserts = new ArrayList<>();
        for (String table : job.tables()) {
            upserts.add(table + "\t" + UpsertText.of(bench, job, table, column -> "?"));
        }
        Path file = Files.write(bench.file(job.name() + ".upserts"), upserts);
        return List.of(List.of(Programs.java(
                SpringBatchProgram.class.getName(),
                List.of(BatchStatus.class, ItemReader.class),
                List.of(),
                List.of(
                        bench.source().jdbcUrl(job.source()),
                        SourceServer.READER,
                        SourceServer.PASSWORD,
                        bench.target().jdbcUrl(job.model()),
                        EmbeddedPostgresServer.USER,
                        file.toString()))));
    }
}
