package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ${build.revision} | 1a2b3c4                  | 2026-11-27         | commit 1a2b3c4, 2026-11-27
                    ${build.revision} | ${git.commit.id.abbrev}  | ${git.commit.time} | commit unknown
                    ''                | 1a2b3c4                  | 2026-11-27         | commit 1a2b3c4, 2026-11-27
                    unknown           | ${git.commit.id.abbrev}  | ${git.commit.time} | commit unknown
                    5d6e7f8           | ${git.commit.id.abbrev}  | ${git.commit.time} | commit 5d6e7f8
                    v0.1-rc           | 1a2b3c4                  | 2026-11-27         | commit v0.1-rc
                    5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f80 | ${git.commit.id.abbrev} | ${git.commit.time} | commit 5d6e7f8
                    """)
    void namesTheCommitOfTheBuild(String revision, String commit, String date, String said) throws IOException {
        Properties build = new Properties();
        build.load(
                new StringReader("version=0.1.0\nrevision=%s\ncommit=%s\ndate=%s".formatted(revision, commit, date)));

        assertThat(Version.program(build)).isEqualTo("postgres-loader 0.1.0 (" + said + ")");
    }
}
