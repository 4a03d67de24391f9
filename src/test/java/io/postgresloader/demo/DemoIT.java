package io.postgresloader.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.app.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The first command of the README, on the shipped table list. */
class DemoIT {
    @Test
    void theDemoLoadsEverythingAndThenWhatChanged() throws Exception {
        StringWriter out = new StringWriter();
        int exitCode;
        try (Demo demo = new Demo(new PrintWriter(out), System.getenv())) {
            exitCode = demo.run(true);
        }

        assertThat(exitCode).isEqualTo(ExitCode.DONE);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("securitylog +success +full +200000 +200000 +0 +0 +0 .*never loaded"))
                .anyMatch(line -> line.matches("commlog +success +full +18216 +18215 +0 +0 +1 .*never loaded"))
                .anyMatch(line -> line.matches("securitylog +success +incremental +\\d+ +20 +0 .*"))
                .anyMatch(line -> line.matches("adjustment +success +incremental +\\d+ +5 +5\\d .*"))
                .anyMatch(line -> line.matches("  export SOURCE_URL=jdbc:mysql://127\\.0\\.0\\.1:\\d+/opendental"))
                .anyMatch(line -> line.matches("  export TARGET_URL=jdbc:postgresql://127\\.0\\.0\\.1:\\d+/\\w+"))
                .noneMatch(line -> line.contains("failed"));
    }
}
