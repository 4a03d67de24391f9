package io.postgresloader.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.docs.MarkdownPage.Link;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MarkdownPageTest {
    private static MarkdownPage page(String text) {
        return MarkdownPage.of(Path.of("src/site/markdown/page.md"), text);
    }

    @Test
    void linksAreFoundInEveryForm() {
        assertThat(
                        page("""
                                        A [link](one.md#top) and ![an image](two.png "title"), and one [whose
                                        text breaks](three.md), and [`code`](four.md).

                                        [name]: five.md
                                        <picture><source srcset="six.svg"><img src="seven.svg" alt="x"></picture>
                                        """)
                                .links())
                .containsExactly(
                        new Link(1, "one.md#top"),
                        new Link(1, "two.png"),
                        new Link(2, "three.md"),
                        new Link(2, "four.md"),
                        new Link(4, "five.md"),
                        new Link(5, "six.svg"),
                        new Link(5, "seven.svg"));
    }

    @Test
    void codeAndCommentsHaveNeitherLinksNorHeadings() {
        MarkdownPage page = page(
                """
                # Title
                ```
                # a comment of a shell
                [no](link.md)
                ```
                Text `[no](link.md)`. <!-- [no](link.md) -->
                  ~~~
                  ## no
                  ~~~
                ## End
                """);
        assertThat(page.links()).isEmpty();
        assertThat(page.anchors()).containsExactlyInAnyOrder("title", "end");
    }

    @Test
    void aPathIsRelativeToThePage() {
        MarkdownPage page =
                page("[a](../resources/images/x.svg) [b](#top) [c](other.md#part) [d](https://x.example/#y)");
        assertThat(page.links().stream().map(Link::external)).containsExactly(false, false, false, true);
        assertThat(page.links().stream().limit(3).map(page::destination).map(Path::toString))
                .containsExactly(
                        "src/site/resources/images/x.svg", "src/site/markdown/page.md", "src/site/markdown/other.md");
        assertThat(page.links().stream().map(Link::anchor)).containsExactly("", "top", "part", "y");
    }
}
