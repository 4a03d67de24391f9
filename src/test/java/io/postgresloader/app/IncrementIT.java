package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.MappedValues;
import io.postgresloader.testing.Extent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cases that the former job got wrong. */
@Tag(Extent.SMOKE)
@Tag(Extent.CORE)
class IncrementIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anIncrementUpdatesExistingKeys() {
        fixture.source()
                .execute(
                        "CREATE TABLE securitylog (SecurityLogNum bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                                + " LogText text, LogDateTime datetime NOT NULL DEFAULT '0001-01-01') ENGINE=MyISAM",
                        "INSERT INTO securitylog SELECT seq + 3696900, 'before', NOW() FROM seq_1_to_100");
        fixture.tables("securitylog: {incremental_columns: [LogDateTime]}");
        assertThat(fixture.load("securitylog").type()).contains(LoadType.FULL);

        fixture.source().execute("UPDATE securitylog SET LogText = 'after' WHERE SecurityLogNum = 3696927");
        LoadResult increment = fixture.load("securitylog");

        assertThat(increment.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(increment.type()).contains(LoadType.INCREMENTAL);
        assertThat(increment.counts()).isEqualTo(new Counts(100, 0, 1, 99, 0, MappedValues.NONE));
        assertThat(fixture.target().value("SELECT \"LogText\" FROM raw.securitylog WHERE \"SecurityLogNum\" = 3696927"))
                .isEqualTo("after");
    }
}
