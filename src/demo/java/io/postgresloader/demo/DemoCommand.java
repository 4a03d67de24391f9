package io.postgresloader.demo;

import io.postgresloader.app.GracefulStop;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "demo", description = "Runs the main job on embedded databases that it starts itself.")
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "End after the first full and one incremental cycle.")
    private boolean once;

    @Override
    public Integer call() throws Exception {
        try (Demo demo = new Demo(spec.commandLine().getOut())) {
            GracefulStop.toTheEnd(demo::close);
            return demo.run(once);
        }
    }
}
