package io.postgresloader.demo.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the figures were measured on; no name of a host or a user. */
public final class Machine {
    private Machine() {}

    /** Each property with its value, in the order in which they are shown. */
    public static Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(
                "processors", Runtime.getRuntime().availableProcessors() + " × " + field("cpuinfo", "model name"));
        properties.put("memory", gib(field("meminfo", "MemTotal")));
        properties.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        properties.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        properties.put("load before", firstLine("loadavg"));
        return properties;
    }

    private static String gib(String kib) {
        String number = kib.replaceAll("\\D", "");
        return number.isEmpty() ? kib : String.format(Locale.ROOT, "%.1f GiB", Double.parseDouble(number) / (1 << 20));
    }

    private static String field(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String firstLine(String file) {
        try {
            return Files.readString(Path.of("/proc", file)).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
