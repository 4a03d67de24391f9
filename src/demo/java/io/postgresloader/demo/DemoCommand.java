package io.postgresloader.demo;

import io.postgresloader.app.GracefulStop;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Starts a MariaDB and a PostgreSQL of its own, fills the one, loads the other from it, and goes on loading"
                    + " while rows change, until it is stopped.",
            "Needs nothing but JDK and Maven. Data and log are in target/demo; every start begins with new data."
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

    @Override
    public Integer call() throws Exception {
        try (Demo demo = new Demo(spec.commandLine().getOut(), System.getenv())) {
            GracefulStop.onWithoutLimit(demo::interrupt);
            return demo.run(once);
        }
    }
}
