package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.OlderRouteFiles;
import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All route files of version 0.1.0 that still work, among the new ones. */
class OlderRoutesIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void putsThemInPlaceOfTheNewOnes(@TempDir Path routes) throws IOException {
        ShippedRoutes.copyTo(routes);
        for (String id : OlderRouteFiles.usable()) {
            Files.copy(OlderRouteFiles.file(id), ShippedRoutes.file(routes, id), StandardCopyOption.REPLACE_EXISTING);
        }
        fixture.set("ROUTES_DIR", routes.toString()).set("LOADER_PAGE_ROWS", "20");
        fixture.source()
                .execute(
                        "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, note varchar(100)) ENGINE=MyISAM",
                        "INSERT INTO t (note) SELECT repeat('x', 100) FROM seq_1_to_100",
                        "CREATE TABLE dropped (id int PRIMARY KEY) ENGINE=MyISAM");
        fixture.tables("t:\ndropped:\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void pagesArePulledOneAheadOfTheOther() {
        assertThat(fixture.load("t").outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t")).isEqualTo(100);
    }

    @Test
    void aLoadThatFailsIsRecorded() {
        fixture.loader();
        fixture.source().execute("DROP TABLE dropped");

        assertThat(fixture.load("dropped").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(fixture.status("dropped", "load_status")).isEqualTo("failed");
    }
}
