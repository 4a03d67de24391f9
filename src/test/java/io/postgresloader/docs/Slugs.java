package io.postgresloader.docs;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Gives the headings of one page their anchors, by GitHub's rules. */
final class Slugs {
    private static final Pattern LINK = Pattern.compile("!?\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]");

    private final Set<String> taken = new HashSet<>();

    /**
     * The anchor of the next heading of the page.
     *
     * @param heading its Markdown, without the leading {@code #}
     */
    String next(String heading) {
        String text = LINK.matcher(heading).replaceAll("$1").strip().toLowerCase(Locale.ROOT);
        String slug = PUNCTUATION.matcher(text).replaceAll("").replace(' ', '-');
        String free = slug;
        for (int repeat = 1; !taken.add(free); repeat++) {
            free = slug + "-" + repeat;
        }
        return free;
    }
}
