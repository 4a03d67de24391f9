package io.postgresloader.demo;

import io.postgresloader.app.GracefulStop;
import io.postgresloader.app.ProgressOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Starts its own MariaDB and PostgreSQL, fills MariaDB, loads PostgreSQL from it, and keeps loading"
                    + " while rows change, until it is stopped.",
            "Needs only a JDK and Maven. Data and log are in target/demo; every start begins with new data."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mvn -q compile exec:java",
            "  mvn -q compile exec:java -Dexec.args=\"demo --once\"",
            "  MANAGEMENT_PORT=9999 mvn -q compile exec:java"
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "End after a full and an incremental cycle.")
    private boolean once;

    @Mixin
    private ProgressOption progress;

    @Override
    public Integer call() throws Exception {
        try (Demo demo = new Demo(spec.commandLine().getOut(), System.getenv(), progress)) {
            GracefulStop.onWithoutLimit(demo::interrupt);
            return demo.run(once);
        }
    }
}
