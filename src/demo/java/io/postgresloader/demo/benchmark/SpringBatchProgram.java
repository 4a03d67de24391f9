package io.postgresloader.demo.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.database.JdbcBatchItemWriter;
import org.springframework.batch.item.database.JdbcCursorItemReader;
import org.springframework.batch.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** Runs a step for each table: the contender as a program of its own. */
public final class SpringBatchProgram {
    static final int CHUNK = 1000;

    private SpringBatchProgram() {}

    /**
     * Moves the rows of all tables.
     *
     * @param arguments the source's URL, user and password; the target's URL and user; a file with a line for each table:
     *     its name, a tabulator, its upsert with a question mark for each column
     */
    public static void main(String[] arguments) throws Exception {
        // All rows of a table in one stream, and small numbers as numbers.
        DataSource source =
                new SingleConnectionDataSource(arguments[0] + "?tinyInt1isBit=false", arguments[1], arguments[2], true);
        DataSource target = new SingleConnectionDataSource(
                arguments[3] + separator(arguments[3]) + "reWriteBatchedInserts=true", arguments[4], "", true);
        JobRepository repository = new ResourcelessJobRepository();
        PlatformTransactionManager transactions = new DataSourceTransactionManager(target);
        SimpleJobBuilder job = null;
        for (String line : Files.readAllLines(Path.of(arguments[5]))) {
            String[] table = line.split("\t", 2);
            Step step = new StepBuilder(table[0], repository)
                    .<Object[], Object[]>chunk(CHUNK, transactions)
                    .reader(reader(source, table[0]))
                    .writer(writer(target, table[1]))
                    .build();
            job = job == null ? new JobBuilder("rows", repository).start(step) : job.next(step);
        }
        TaskExecutorJobLauncher launcher = new TaskExecutorJobLauncher();
        launcher.setJobRepository(repository);
        launcher.afterPropertiesSet();
        boolean done = launcher.run(job.build(), new JobParameters()).getStatus() == BatchStatus.COMPLETED;
        System.exit(done ? 0 : 1);
    }

    private static String separator(String url) {
        return url.contains("?") ? "&" : "?";
    }

    private static JdbcCursorItemReader<Object[]> reader(DataSource source, String table) {
        RowMapper<Object[]> values = (row, number) -> {
            Object[] cells = new Object[row.getMetaData().getColumnCount()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = row.getObject(i + 1);
            }
            return cells;
        };
        return new JdbcCursorItemReaderBuilder<Object[]>()
                .name(table)
                .dataSource(source)
                .sql("SELECT * FROM `" + table + "`")
                .fetchSize(Integer.MIN_VALUE)
                .verifyCursorPosition(false)
                .saveState(false)
                .rowMapper(values)
                .build();
    }

    private static JdbcBatchItemWriter<Object[]> writer(DataSource target, String upsert) {
        JdbcBatchItemWriter<Object[]> writer = new JdbcBatchItemWriterBuilder<Object[]>()
                .dataSource(target)
                .sql(upsert)
                .itemPreparedStatementSetter((cells, statement) -> {
                    for (int i = 0; i < cells.length; i++) {
                        statement.setObject(i + 1, cells[i]);
                    }
                })
                .assertUpdates(false)
                .build();
        writer.afterPropertiesSet();
        return writer;
    }
}
