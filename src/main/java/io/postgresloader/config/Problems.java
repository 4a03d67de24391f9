package io.postgresloader.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that one attempt shows all of it. */
public final class Problems {
    private final List<ConfigurationProblem> list = new ArrayList<>();

    public void add(ConfigurationProblem problem) {
        list.add(problem);
    }

    /**
     * Ends the attempt if anything was wrong.
     *
     * @throws ConfigurationException with all problems in the order of their lines
     */
    public void throwIfAny() {
        if (!list.isEmpty()) {
            throw new ConfigurationException(list.stream()
                    .sorted(Comparator.comparingInt(ConfigurationProblem::line))
                    .toList());
        }
    }
}
