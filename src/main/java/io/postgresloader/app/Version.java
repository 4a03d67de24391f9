package io.postgresloader.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.IVersionProvider;

/** Prints the version from {@code version.properties}, which the build writes, and the Java version. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {program(build()), java()};
    }

    /** The revision that the build was given, or else the commit that git reports. */
    static String program(Properties build) {
        Optional<String> given = value("revision", build).map(Version::abbreviated);
        String commit = given.isPresent()
                ? given.get()
                : Stream.of(value("commit", build), value("date", build))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(", "));
        return "postgres-loader " + build.getProperty("version") + " (commit " + (commit.isEmpty() ? "unknown" : commit)
                + ")";
    }

    /** The version alone, e.g. {@code 1.2.0}. */
    static String number() {
        return build().getProperty("version");
    }

    private static String java() {
        return "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    /** Empty if the build left the placeholder unresolved. */
    private static Optional<String> value(String key, Properties build) {
        return Optional.of(build.getProperty(key, ""))
                .filter(value -> !value.isBlank() && !value.startsWith("${") && !value.equals("unknown"));
    }

    private static String abbreviated(String revision) {
        return revision.matches("[0-9a-f]{40}") ? revision.substring(0, 7) : revision;
    }

    private static Properties build() {
        Properties build = new Properties();
        try (InputStream properties = Version.class.getResourceAsStream("version.properties")) {
            build.load(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build;
    }
}
