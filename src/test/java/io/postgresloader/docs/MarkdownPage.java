package io.postgresloader.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Markdown file: where it points, and where others may point to. Code, in fences or in a line, does not count. */
final class MarkdownPage {
    private static final Pattern FENCE = Pattern.compile(
            "^ *(?<fence>```+|~~~+).*?(?:^ *\\k<fence>[`~]* *$|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("(`+)[^`]+\\1");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *#*$", Pattern.MULTILINE);

    /** {@code [text](target "title")}, {@code [name]: target}, and the attributes of HTML. */
    private static final Pattern LINK =
            Pattern.compile("](?:\\(\\s*|: +)<?(?<markdown>[^\\s)>]+)|\\b(?:src|srcset|href)=\"(?<html>[^\"]+)\"");

    private static final Pattern ANCHOR = Pattern.compile("<a\\s[^>]*?\\b(?:id|name)=\"([^\"]+)\"");

    private final Path file;
    private final String prose;
    private final String headings;

    /**
     * A link as it is written.
     *
     * @param line the line of the file, from 1
     */
    record Link(int line, String target) {
        /** Whether it leads out of the repository, where this test cannot follow. */
        boolean external() {
            return target.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*");
        }

        /** Empty for an anchor on the same page. */
        String path() {
            return target.split("#", 2)[0];
        }

        /** Empty where the link is to the whole page. */
        String anchor() {
            return target.contains("#") ? target.split("#", 2)[1] : "";
        }
    }

    private MarkdownPage(Path file, String text) {
        this.file = file;
        headings = blank(blank(text, FENCE), COMMENT);
        prose = blank(headings, CODE);
    }

    static MarkdownPage read(Path file) {
        try {
            return of(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MarkdownPage of(Path file, String text) {
        return new MarkdownPage(file, text);
    }

    Path file() {
        return file;
    }

    List<Link> links() {
        return LINK.matcher(prose)
                .results()
                .map(found -> new Link(line(found), target(found)))
                .toList();
    }

    /** What may stand behind the {@code #} of a link to this page. */
    Set<String> anchors() {
        Slugs slugs = new Slugs();
        return Stream.concat(
                        HEADING.matcher(headings).results().map(heading -> slugs.next(heading.group(1))),
                        ANCHOR.matcher(prose).results().map(anchor -> anchor.group(1)))
                .collect(Collectors.toSet());
    }

    /** The file that a link of this page leads to. */
    Path destination(Link link) {
        return link.path().isEmpty() ? file : file.resolveSibling(link.path()).normalize();
    }

    private int line(MatchResult found) {
        return 1
                + (int) prose.substring(0, found.end())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static String target(MatchResult found) {
        return Objects.requireNonNullElse(found.group(1), found.group(2));
    }

    /** As long as before, with the same lines. */
    private static String blank(String text, Pattern pattern) {
        return pattern.matcher(text).replaceAll(found -> found.group().replaceAll("\\S", " "));
    }
}
