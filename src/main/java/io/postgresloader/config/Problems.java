package io.postgresloader.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, so that one attempt reports all of them. */
public final class Problems {
    private final List<ConfigurationProblem> list = new ArrayList<>();

    public void add(ConfigurationProblem problem) {
        list.add(problem);
    }

    /**
     * Fails if any problem was recorded.
     *
     * @throws ConfigurationException with all problems, ordered by line
     */
    public void throwIfAny() {
        if (!list.isEmpty()) {
            throw new ConfigurationException(list.stream()
                    .sorted(Comparator.comparingInt(ConfigurationProblem::line))
                    .toList());
        }
    }
}
