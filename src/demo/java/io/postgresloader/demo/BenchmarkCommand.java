package io.postgresloader.demo;

import io.postgresloader.app.ExitCode;
import io.postgresloader.demo.benchmark.BenchmarkRun;
import io.postgresloader.demo.benchmark.Contenders;
import io.postgresloader.demo.benchmark.LoaderProgram;
import io.postgresloader.demo.benchmark.Programme;
import io.postgresloader.demo.benchmark.SourceKind;
import io.postgresloader.demo.benchmark.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "benchmark",
        description = {
            "Measures the loader against a plain COPY of the same rows and other programs, on its own MariaDB"
                    + " (or MySQL) and PostgreSQL: time, CPU seconds of each process, memory.",
            "Takes some minutes at full scale with the default workloads; with all of them, hours.",
            "Compares several versions of the loader in one run, alternately, if --jar is given several times."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  mvn -q -DskipTests package",
            "  mvn -q compile exec:java -Dexec.args=\"benchmark --scale 0.1 --runs 1\"",
            "  mvn -q compile exec:java -Dexec.args=\"benchmark --jar target/postgres-loader.jar"
                    + " --jar ../old/target/postgres-loader.jar\""
        })
final class BenchmarkCommand implements Callable<Integer> {
    private static final Map<String, SourceKind> SOURCES = new LinkedHashMap<>();
    private static final Map<String, String> ENGINES = new LinkedHashMap<>();
    private static final Map<String, Workload> WORKLOADS = new LinkedHashMap<>();

    static {
        for (SourceKind source : SourceKind.values()) {
            SOURCES.put(source.word(), source);
        }
        ENGINES.put("myisam", "MyISAM");
        ENGINES.put("innodb", "InnoDB");
        for (Workload workload : Workload.values()) {
            WORKLOADS.put(workload.word(), workload);
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scale",
            paramLabel = "X",
            defaultValue = "1",
            description = "Size of the tables; 1 is that of a practice, with 3696927 rows of securitylog"
                    + " (default: ${DEFAULT-VALUE}).")
    private double scale;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds, in each of which every figure is measured once; medians of them are shown (default:"
                    + " ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            defaultValue = "mariadb-11.4",
            description = "The source's product: mariadb-11.4, or mysql-8.0, for which Maven needs"
                    + " -Dmysql-8.0.scope=provided (default: ${DEFAULT-VALUE}).")
    private String source;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "myisam",
            description = "Storage engine of the source's tables: myisam, innodb or all (default: ${DEFAULT-VALUE}).")
    private List<String> engines;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "first-load,increment,again,verify",
            description = "What is measured: ${COMPLETION-CANDIDATES} or all (default: ${DEFAULT-VALUE}).",
            completionCandidates = WorkloadNames.class)
    private List<String> workloads;

    @Option(
            names = "--contender",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "none",
            description = "Other programs that make first loads in turn with the loader, where the machine has them:"
                    + " ${COMPLETION-CANDIDATES}, all or none (default: ${DEFAULT-VALUE}). The floor is always"
                    + " measured. They are far slower than the loader.",
            completionCandidates = ContenderNames.class)
    private List<String> contenders;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "target/benchmark",
            description = "Directory for the figures: results.md, results.json (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Option(
            names = "--jar",
            paramLabel = "FILE[:ROUTES]",
            defaultValue = "target/postgres-loader.jar",
            converter = BenchmarkJar.Converter.class,
            description = {
                "A loader to measure, run with -Xmx256m, and the directory of its route files; may be repeated"
                        + " (default: ${DEFAULT-VALUE}). A script postgres-loader next to the jar is used to start it.",
                "Without ROUTES: the directory routes of the checkout in whose target the jar is, if there is one,"
                        + " otherwise that of this checkout. A loader runs in the directory that contains its routes,"
                        + " and reads config/application.properties there."
            })
    private List<BenchmarkJar> jars;

    /** The names of the workloads, for the help and for completion. */
    static final class WorkloadNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        WorkloadNames() {
            super(WORKLOADS.keySet());
        }
    }

    /** The names of the other programs, for the help and for completion. */
    static final class ContenderNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        ContenderNames() {
            super(Contenders.names());
        }
    }

    @Override
    public Integer call() throws Exception {
        Programme programme = programme();
        Optional<String> problem =
                jars.stream().flatMap(jar -> jar.problem().stream()).findFirst();
        if (problem.isPresent()) {
            spec.commandLine().getErr().println(problem.get());
            return ExitCode.CONFIGURATION;
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            new BenchmarkRun(out, programme, output.toAbsolutePath()).run();
            return ExitCode.DONE;
        } catch (IOException e) {
            // The benchmark has no rows of anybody: what failed may be said.
            spec.commandLine().getErr().println("The benchmark ended: " + e.getMessage());
            return ExitCode.FAILED;
        } catch (UncheckedIOException e) {
            spec.commandLine()
                    .getErr()
                    .println("The benchmark ended: " + e.getMessage() + ": "
                            + e.getCause().getMessage());
            return ExitCode.FAILED;
        }
    }

    private Programme programme() {
        if (!(scale > 0) || runs < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--scale '" + scale + "', --runs '" + runs + "': allowed: more than 0");
        }
        if (!SOURCES.containsKey(source)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--source: there is no '" + source + "'; allowed: " + String.join(", ", SOURCES.keySet()));
        }
        Set<Workload> chosen = EnumSet.copyOf(Choices.of(spec, "--workload", workloads, WORKLOADS));
        return new Programme(
                SOURCES.get(source),
                loaders(),
                chosenContenders(),
                chosen,
                Choices.of(spec, "--engine", engines, ENGINES),
                scale,
                runs);
    }

    private List<String> chosenContenders() {
        Map<String, String> names = new LinkedHashMap<>();
        Contenders.names().forEach(name -> names.put(name, name));
        return contenders.equals(List.of("none")) ? List.of() : Choices.of(spec, "--contender", contenders, names);
    }

    private List<LoaderProgram> loaders() {
        List<LoaderProgram> loaders = new ArrayList<>();
        for (BenchmarkJar jar : jars) {
            loaders.add(LoaderProgram.of(
                    jar.file(),
                    jar.directory(),
                    jar.routes(),
                    jars.size() == 1 ? "" : "#" + (loaders.size() + 1) + " "));
        }
        return loaders;
    }
}
