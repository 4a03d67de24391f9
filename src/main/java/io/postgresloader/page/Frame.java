package io.postgresloader.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands around each page.
 *
 * @param title of the browser's window
 * @param section the entry of the menu that the page belongs to
 * @param root the way to the start page, so that the pages also work below a path of another server
 * @param asOf when the figures were read; without a text: the page has none
 * @param zone of all times
 * @param silence how old the figures are while the target does not answer; empty: it answers
 * @param version of the loader
 * @param refresh whether the page refreshes itself
 */
public record Frame(
        String title,
        Section section,
        String root,
        Moment asOf,
        String zone,
        Optional<String> silence,
        String version,
        boolean refresh) {
    /** An entry of the menu. */
    public enum Section {
        TABLES,
        NOW
    }

    static Frame of(
            String title,
            Section section,
            String root,
            Instant generatedAt,
            Optional<Instant> silentSince,
            String version,
            Words words) {
        return new Frame(
                title,
                section,
                root,
                words.moment(generatedAt),
                words.zoneName(),
                silentSince.map(since -> "The target does not answer. Everything below is from "
                        + words.moment(generatedAt).full() + ", "
                        + Words.duration(Math.max(
                                10, Duration.between(generatedAt, words.now()).toSeconds())) + " ago."),
                version,
                true);
    }

    /** The same for a page without figures. */
    Frame withoutFigures() {
        return new Frame(title, section, root, Moment.none(""), zone, silence, version, refresh);
    }

    /** The same without figures that change. */
    Frame still() {
        return new Frame(title, section, root, asOf, zone, silence, version, false);
    }
}
