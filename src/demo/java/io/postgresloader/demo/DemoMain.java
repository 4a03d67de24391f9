package io.postgresloader.demo;

import io.postgresloader.app.Main;
import java.util.List;

/** Where {@code mvn compile exec:java} begins: the program with the commands that need embedded database servers. */
public final class DemoMain {
    private DemoMain() {}

    public static void main(String[] args) {
        System.exit(Main.execute(args, List.of(new DemoCommand(), new BenchmarkCommand())));
    }
}
