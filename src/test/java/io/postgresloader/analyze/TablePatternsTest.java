package io.postgresloader.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablePatternsTest {
    private final TablePatterns patterns =
            new TablePatterns(List.of("tmp", "backup", "bak", "old", "stage_*", "x*y", "claim.log", "image*"));

    @ParameterizedTest
    @CsvSource({
        "tmp_claim, tmp",
        "TMP_Claim, tmp",
        "claimTmp, tmp",
        "tmp2, tmp",
        "claim_backup_20240101, backup",
        "adjustment_bak, bak",
        "adjustment-old, old",
        "old, old",
        "stage_claim, stage_*",
        "my_xaby_z, x*y",
        "claim.log, claim.log",
        "image, image*",
        "imageconv2, image*"
    })
    void leaveOutNamesThatHaveTheWord(String table, String pattern) {
        assertThat(patterns.matching(table)).contains(pattern);
    }

    @ParameterizedTest
    @CsvSource({
        "template",
        "contempt",
        "holdback",
        "bakery",
        "goldenage",
        "stage",
        "x_y",
        "claimxlog",
        "claim",
        "myimage"
    })
    void leaveAloneNamesThatOnlyLookLikeIt(String table) {
        assertThat(patterns.matching(table)).isEmpty();
    }
}
