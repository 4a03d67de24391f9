package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceZoneTest {
    @ParameterizedTest
    @CsvSource({
        "+05:30, IST, +05:30",
        "-06:00, UTC, -06:00",
        "America/Denver, MST, America/Denver",
        "SYSTEM, UTC, UTC",
        "SYSTEM, GMT,",
        "SYSTEM, MST,",
        "SYSTEM, Mountain Standard Time,",
        "MyZone, UTC,"
    })
    void onlyANameOrAnOffsetIsAZone(String zone, String system, String expected) {
        assertThat(SourceZone.ofServer(zone, system).zone())
                .isEqualTo(Optional.ofNullable(expected).map(ZoneId::of));
    }
}
