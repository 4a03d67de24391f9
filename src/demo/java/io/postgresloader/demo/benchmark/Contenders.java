package io.postgresloader.demo.benchmark;

import java.util.List;

/** The other programs that can be measured. */
public final class Contenders {
    private Contenders() {}

    /** Their names on the command line. */
    public static List<String> names() {
        return all().stream().map(Contender::name).toList();
    }

    /** In the order in which they are measured. */
    static List<Contender> all() {
        return List.of(new ClientPipe(), new PgLoader(), new SpringBatch(), new CamelSqlBatches());
    }
}
