package io.postgresloader.load.plan;

import java.util.List;

/**
 * What a sample of a table that another loader has filled shows.
 *
 * @param lines one text for each finding; none: the table is not to be adopted, or there is nothing to say
 * @param local whether its TIMESTAMP columns, except those of unique keys, are all in local time
 */
public record AdoptionFindings(List<String> lines, boolean local) {
    static final AdoptionFindings NONE = new AdoptionFindings(List.of(), false);

    public AdoptionFindings {
        lines = List.copyOf(lines);
    }
}
