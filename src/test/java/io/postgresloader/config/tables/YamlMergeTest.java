package io.postgresloader.config.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.ConfigFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The merge key of YAML 1.1, https://yaml.org/type/merge.html. */
class YamlMergeTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: &d {load: full}\\nt: {<<: *d}|{load: full}",
                "a: &d {load: full, schedule: 1s}\\nt: {<<: *d, load: append}|{load: append, schedule: 1s}",
                "a: &d {load: full, schedule: 1s}\\nt: {load: append, <<: *d}|{load: append, schedule: 1s}",
                "a: &d {load: full}\\nb: &e {load: append, schedule: 1s}\\nt: {<<: [*d, *e]}|{load: full, schedule: 1s}",
                "a: &d {load: full}\\nb: &e {<<: *d, schedule: 1s}\\nt: {<<: *e}|{load: full, schedule: 1s}",
                "defaults: &d {lookback: 1m}\\nt: {<<: *d, load: full}|{lookback: 1m, load: full}",
                "a: {column_types: &d {A: text, B: text}}\\nt: {column_types: {<<: *d, a: date}}|{column_types: {a: date, B: text}}",
                "a: &d {load: full}\\nt: {<<: *d, <<: *d}|{load: full}"
            })
    void aTableTakesOverTheOptionsOfAnother(String merged, String plain) {
        assertThat(read(merged).table("t").orElseThrow().toString())
                .isEqualTo(read("t: " + plain).table("t").orElseThrow().toString());
    }

    @Test
    void aProblemOfAMergedOptionHasTheLineOfTheOption() {
        assertThat(problems("a: &d\n  lod: full\nt:\n  <<: *d\n"))
                .anyMatch(problem -> problem.contains("tables.yml:2: t.lod"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t: {<<: full}|1: t.<<: the value is not a map; write <<: *NAME, where &NAME marks a map",
                "t: {<<: [full]}|1: t.<<: the value is not a map; write <<: *NAME, where &NAME marks a map",
                "t: &d {<<: *d}|1: t: the map merges itself; remove the merge key <<",
                "a: &d {load: full, load: append}\\nt: {<<: *d}|1: a.load: defined twice, first in line 1; keep one"
            })
    void aMergeThatIsNoneIsNamed(String text, String problem) {
        assertThat(problems(text.replace("\\n", "\n"))).containsExactly("tables.yml:" + problem);
    }

    private Catalog read(String text) {
        return CatalogReader.read(ConfigFiles.write(directory, "tables.yml", text.replace("\\n", "\n")));
    }

    private List<String> problems(String text) {
        Path file = ConfigFiles.write(directory, "tables.yml", text);
        return ConfigFiles.problems(directory, () -> CatalogReader.read(file));
    }
}
