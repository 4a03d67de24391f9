package io.postgresloader.demo;

import io.postgresloader.app.Main;
import java.util.List;

/** The main class of {@code mvn compile exec:java}: adds the commands that need embedded database servers. */
public final class DemoMain {
    private DemoMain() {}

    public static void main(String[] args) {
        System.exit(Main.execute(args, List.of(new DemoCommand(), new BenchmarkCommand())));
    }
}
