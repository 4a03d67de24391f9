package io.postgresloader;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the program reads and writes is the same in every locale. */
@AnalyzeClasses(packages = "io.postgresloader", importOptions = DoNotIncludeTests.class)
class LocalesTest {
    private static final Set<String> DEFAULT_LOCALE = Set.of(
            "java.lang.String.toLowerCase()",
            "java.lang.String.toUpperCase()",
            "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
            "java.io.PrintStream.printf(java.lang.String, [Ljava.lang.Object;)",
            "java.io.PrintStream.format(java.lang.String, [Ljava.lang.Object;)",
            "java.io.PrintWriter.printf(java.lang.String, [Ljava.lang.Object;)",
            "java.io.PrintWriter.format(java.lang.String, [Ljava.lang.Object;)",
            "java.util.Formatter.<init>()",
            "java.util.Formatter.<init>(java.lang.Appendable)",
            "java.text.NumberFormat.getInstance()",
            "java.text.NumberFormat.getNumberInstance()",
            "java.text.NumberFormat.getIntegerInstance()",
            "java.text.NumberFormat.getPercentInstance()",
            "java.text.DecimalFormat.<init>(java.lang.String)",
            "java.text.MessageFormat.format(java.lang.String, [Ljava.lang.Object;)",
            "java.text.SimpleDateFormat.<init>(java.lang.String)",
            "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)",
            "java.time.format.DateTimeFormatterBuilder.toFormatter()");

    private static final Set<String> DEFAULT_CHARSET = Set.of(
            "java.lang.String.getBytes()",
            "java.lang.String.<init>([B)",
            "java.lang.String.<init>([B, int, int)",
            "java.io.ByteArrayOutputStream.toString()",
            "java.io.InputStreamReader.<init>(java.io.InputStream)",
            "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
            "java.io.FileReader.<init>(java.lang.String)",
            "java.io.FileReader.<init>(java.io.File)",
            "java.io.FileWriter.<init>(java.lang.String)",
            "java.io.FileWriter.<init>(java.io.File)",
            "java.io.FileWriter.<init>(java.lang.String, boolean)",
            "java.io.FileWriter.<init>(java.io.File, boolean)",
            "java.io.PrintStream.<init>(java.io.OutputStream)",
            "java.io.PrintStream.<init>(java.io.OutputStream, boolean)",
            "java.io.PrintStream.<init>(java.io.File)",
            "java.io.PrintStream.<init>(java.lang.String)",
            "java.io.PrintWriter.<init>(java.io.OutputStream)",
            "java.io.PrintWriter.<init>(java.io.OutputStream, boolean)",
            "java.io.PrintWriter.<init>(java.io.File)",
            "java.io.PrintWriter.<init>(java.lang.String)",
            "java.util.Scanner.<init>(java.io.InputStream)",
            "java.util.Scanner.<init>(java.io.File)",
            "java.util.Scanner.<init>(java.nio.file.Path)",
            "java.net.URLEncoder.encode(java.lang.String)",
            "java.net.URLDecoder.decode(java.lang.String)");

    @ArchTest
    static final ArchRule NOTHING_IS_WRITTEN_BY_THE_RULES_OF_A_LANGUAGE = noClasses()
            .should()
            .accessTargetWhere(describe("the default locale is used", access -> isOneOf(DEFAULT_LOCALE, access)))
            .because("Turkish has another small letter for I and Arabic has other digits; name Locale.ROOT");

    @ArchTest
    static final ArchRule NOTHING_IS_ENCODED_BY_THE_LOCALE = noClasses()
            .should()
            .accessTargetWhere(describe("the default charset is used", access -> isOneOf(DEFAULT_CHARSET, access)))
            .because("the POSIX locale, as under cron, has ASCII only; name StandardCharsets.UTF_8");

    /** {@code %s} of a text or a number is the same in each locale. */
    @Test
    void formattedTextsHaveNoOtherPlaceholderThanText() throws IOException {
        Pattern number = Pattern.compile("%[-#+ 0,(\\d.]*[dfeEgGxXoac]");
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            assertThat(files.filter(file -> file.toString().matches("src/(main|demo)/.*\\.java"))
                            .map(LocalesTest::text)
                            .filter(text -> text.contains(".formatted("))
                            .flatMap(text -> number.matcher(text).results().map(MatchResult::group)))
                    .isEmpty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOneOf(Set<String> methods, JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target && methods.contains(target.getFullName());
    }
}
