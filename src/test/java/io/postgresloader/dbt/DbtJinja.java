package io.postgresloader.dbt;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.ext.NamedParameter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders templates with the macros of the package by a real Jinja engine. Only the functions that dbt itself provides are
 * replaced; the engine has no namespaces of macros.
 */
public final class DbtJinja {
    private static final Path MACROS = Path.of("src", "dbt", "macros");
    private static final String NAMESPACE = "postgres_loader.";
    private static final String BEGIN = "<<<";

    /** The engine calls static methods only, and each test renders in one thread. */
    private static final ThreadLocal<DbtJinja> CURRENT = new ThreadLocal<>();

    private static final Jinjava ENGINE = engine();

    private final String sourceSchema;
    private final Function<String, List<List<Object>>> queries;
    private final Map<String, Object> configured = new LinkedHashMap<>();
    private boolean incremental;
    private String raised;

    /**
     * @param sourceSchema the schema of the tables that {@code source()} names
     * @param queries what {@code run_query} returns
     */
    DbtJinja(String sourceSchema, Function<String, List<List<Object>>> queries) {
        this.sourceSchema = sourceSchema;
        this.queries = queries;
    }

    /** The text of a template. Its call of {@code config} is then in {@link #configured()}. */
    String render(String template, DbtRelation model, boolean isIncremental) {
        incremental = isIncremental;
        raised = null;
        CURRENT.set(this);
        Map<String, Object> context = new HashMap<>();
        context.put("this", model);
        context.put("execute", true);
        context.put("exceptions", new Exceptions());
        RenderResult result = ENGINE.renderForResult(macros() + BEGIN + template.replace(NAMESPACE, ""), context);
        if (raised != null) {
            throw new CompilerError(raised);
        }
        if (result.hasErrors()) {
            throw new AssertionError("cannot be rendered: " + result.getErrors());
        }
        return result.getOutput().substring(result.getOutput().indexOf(BEGIN) + BEGIN.length());
    }

    Map<String, Object> configured() {
        return configured;
    }

    private static String macros() {
        try (Stream<Path> files = Files.list(MACROS)) {
            String macros = files.sorted().map(DbtJinja::read).collect(Collectors.joining("\n"));
            return macros.replace(NAMESPACE, "")
                    .replaceAll("\\{% test (\\w+)", "{% macro test_$1")
                    .replace("endtest", "endmacro");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Jinjava engine() {
        Jinjava engine = new Jinjava(JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false)
                .withEnableRecursiveMacroCalls(true)
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withIterateOverMapKeys(true)
                        .build())
                .build());
        Stream.of(
                        new ELFunctionDefinition("", "config", DbtJinja.class, "config", Object[].class),
                        new ELFunctionDefinition("", "source", DbtJinja.class, "source", String.class, String.class),
                        new ELFunctionDefinition("", "is_incremental", DbtJinja.class, "isIncremental"),
                        new ELFunctionDefinition("", "run_query", DbtJinja.class, "runQuery", String.class))
                .forEach(engine.getGlobalContext()::registerFunction);
        return engine;
    }

    public static String config(Object... arguments) {
        CURRENT.get().configured.clear();
        for (Object argument : arguments) {
            NamedParameter named = (NamedParameter) argument;
            CURRENT.get().configured.put(named.getName(), named.getValue());
        }
        return "";
    }

    public static DbtRelation source(String name, String table) {
        return new DbtRelation(CURRENT.get().sourceSchema, table);
    }

    public static boolean isIncremental() {
        return CURRENT.get().incremental;
    }

    public static Map<String, Object> runQuery(String sql) {
        return Map.of("rows", CURRENT.get().queries.apply(sql));
    }

    /** As dbt's, a call ends the run with the message. */
    public static final class Exceptions {
        public String raise_compiler_error(String message) {
            CURRENT.get().raised = message;
            return "";
        }
    }

    static final class CompilerError extends RuntimeException {
        private static final long serialVersionUID = 1;

        CompilerError(String message) {
            super(message);
        }
    }
}
