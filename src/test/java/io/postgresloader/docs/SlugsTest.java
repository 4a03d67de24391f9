package io.postgresloader.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    All tests                         | all-tests
                    Watch it, and break it            | watch-it-and-break-it
                    Add a table: `tables.yml`         | add-a-table-tablesyml
                    What is read -- and what is not?  | what-is-read----and-what-is-not
                    The column `_deleted_at`          | the-column-_deleted_at
                    **Bold**, and [a link](page.md#x) | bold-and-a-link
                    Größe 5                           | größe-5
                    """)
    void aHeadingBecomesAnAnchor(String heading, String anchor) {
        assertThat(new Slugs().next(heading)).isEqualTo(anchor);
    }

    @Test
    void repeatedHeadingsAreNumberedPastAnchorsThatAreTaken() {
        Slugs slugs = new Slugs();
        assertThat(List.of("Why", "Why", "Why 1", "Why").stream()
                        .map(slugs::next)
                        .toList())
                .containsExactly("why", "why-1", "why-1-1", "why-2");
    }
}
