package io.postgresloader.config.settings;

import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.Nearest;
import io.postgresloader.config.Problems;
import io.postgresloader.config.SystemCharset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings from environment variables, and from files that variables name, as with container secrets. No message shows
 * such a path: a password set in {@code SOURCE_PASSWORD_FILE} by mistake is still a password.
 */
final class EnvironmentValues {
    static final String ORIGIN = "environment";

    /** More letters, and the variable may well be another program's. */
    private static final int MOST_TYPOS = 2;

    private final Map<String, String> environment;
    private final Problems problems;

    EnvironmentValues(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The value; empty when neither variable is set, or after a problem. An empty variable counts as not set. */
    Optional<SettingValue> find(Setting setting) {
        Optional<String> direct = readable(setting.variable());
        Optional<String> fileVariable = setting.fileVariable();
        Optional<String> file = fileVariable.flatMap(this::readable);
        if (direct.isPresent() && file.isPresent()) {
            String both = fileVariable.get() + " is set too";
            problem(setting.variable(), both, "set only one of the two");
        }
        return direct.isPresent()
                ? direct.map(text -> value(setting, text, setting.variable()))
                : file.flatMap(path -> fromFile(setting, path, fileVariable.get()));
    }

    /** The file that sets this setting; empty when the value itself is set. */
    Optional<Path> file(Setting setting) {
        return variable(setting.variable()).isPresent()
                ? Optional.empty()
                : setting.fileVariable().flatMap(this::variable).flatMap(EnvironmentValues::path);
    }

    /** Whether a variable sets this setting, even if its file is not readable. */
    boolean gives(Setting setting) {
        return variable(setting.variable()).isPresent()
                || setting.fileVariable().flatMap(this::variable).isPresent();
    }

    /**
     * Records a problem for each variable whose name is almost that of a setting: the value that the user gave would not
     * be used. Other unknown variables belong to other programs.
     */
    void reportMistyped() {
        Set<String> names = Arrays.stream(Setting.values())
                .flatMap(setting -> Stream.concat(Stream.of(setting.variable()), setting.fileVariable().stream()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        environment.keySet().stream()
                .sorted()
                .filter(name -> !names.contains(name))
                .forEach(name -> Nearest.within(MOST_TYPOS, name, names)
                        .ifPresent(near ->
                                problem(name, "unknown variable", "did you mean " + near + "? rename or unset it")));
    }

    /** The variable; empty, after a problem, if Java could not read its bytes. */
    private Optional<String> readable(String name) {
        SystemCharset charset = SystemCharset.ofVariables();
        Optional<String> text = variable(name);
        if (text.filter(charset::lost).isPresent()) {
            problem(name, charset.found("the value (not shown)"), SystemCharset.ALLOWED);
            return Optional.empty();
        }
        return text;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }

    private Optional<SettingValue> fromFile(Setting setting, String path, String variable) {
        Optional<String> text = path(path).flatMap(SecretFile::read);
        if (text.isEmpty()) {
            problem(variable, "no readable UTF-8 file at this path (not shown)", "name a readable text file");
        }
        return text.map(content -> value(setting, content, variable));
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static SettingValue value(Setting setting, String text, String variable) {
        return new SettingValue(setting, text, ORIGIN, 0, variable);
    }

    private void problem(String variable, String found, String allowed) {
        problems.add(new ConfigurationProblem(ORIGIN, 0, variable, found, allowed));
    }
}
