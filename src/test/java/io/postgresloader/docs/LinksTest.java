package io.postgresloader.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.docs.MarkdownPage.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link of the documentation leads somewhere, and the whole manual can be reached from its first page. */
class LinksTest {
    private static final Path README = Path.of("README.md");
    private static final Path MANUAL = Path.of("src/site/markdown");
    private static final int MOST_LINES_OF_README = 150;

    static Stream<Path> files() throws IOException {
        Stream<Path> frontDoor = Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
                .map(Path::of)
                .filter(Files::exists);
        return Stream.of(frontDoor, markdownBelow(MANUAL), markdownBelow(Path.of("src/test/resources")))
                .flatMap(files -> files);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyLinkLeadsToAFileOfTheRepositoryAndToAHeadingThere(Path file) {
        MarkdownPage page = MarkdownPage.read(file);
        assertThat(page.links().stream()
                        .filter(link -> !link.external())
                        .filter(link -> !resolves(page, link))
                        .map(link -> file + ":" + link.line() + ": " + link.target()))
                .as("links that lead nowhere")
                .isEmpty();
    }

    @Test
    void everyPageOfTheManualIsReachableFromItsIndex() throws IOException {
        Set<Path> reached = new TreeSet<>();
        Deque<Path> next = new ArrayDeque<>(Set.of(MANUAL.resolve("index.md")));
        while (!next.isEmpty()) {
            Path file = next.pop();
            if (reached.add(file)) {
                next.addAll(pagesLinkedFrom(MarkdownPage.read(file)));
            }
        }
        assertThat(reached).containsAll(markdownBelow(MANUAL).toList());
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(README).size())
                .as("README.md is the front door; what does not fit belongs on a page of " + MANUAL)
                .isLessThanOrEqualTo(MOST_LINES_OF_README);
    }

    private static boolean resolves(MarkdownPage page, Link link) {
        Path destination = page.destination(link);
        boolean inRepository = !destination.startsWith("..") && !destination.startsWith("target");
        if (!inRepository || !Files.exists(destination)) {
            return false;
        }
        return link.anchor().isEmpty()
                || isMarkdown(destination)
                        && MarkdownPage.read(destination).anchors().contains(link.anchor());
    }

    private static Set<Path> pagesLinkedFrom(MarkdownPage page) {
        return page.links().stream()
                .filter(link -> !link.external())
                .map(page::destination)
                .filter(file -> file.startsWith(MANUAL) && isMarkdown(file) && Files.exists(file))
                .collect(Collectors.toSet());
    }

    private static Stream<Path> markdownBelow(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(LinksTest::isMarkdown).sorted().toList().stream();
        }
    }

    private static boolean isMarkdown(Path file) {
        return file.toString().endsWith(".md");
    }
}
