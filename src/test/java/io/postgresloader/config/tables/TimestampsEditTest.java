package io.postgresloader.config.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.ConfigFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsEditTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "a:$b:, a:$  timestamps: local$b:",
        "a:, a:$  timestamps: local",
        "a: # why$b:, a: # why$  timestamps: local$b:",
        "a:$    # analyze$    load: full$b:, a:$    timestamps: local$    # analyze$    load: full$b:",
        "a: {}$b:, a: {timestamps: local}$b:",
        "'a: {load: full, deletes: mark}', 'a: {timestamps: local, load: full, deletes: mark}'",
        "a: { load: full } # why, 'a: {timestamps: local,  load: full } # why'",
        "tables:$  a:$    load: full$  b:$, tables:$  a:$    timestamps: local$    load: full$  b:$",
        "b:$'\"a\":'$  load: full, b:$'\"a\":'$  timestamps: local$  load: full"
    })
    void theOptionIsAddedAndTheRestStays(String before, String after) {
        String text = before.replace('$', '\n').replace("'", "");
        String edited = TimestampsEdit.apply(text, read(text), List.of("a"));

        assertThat(edited).isEqualTo(after.replace('$', '\n').replace("'", ""));
        assertThat(TimestampsEdit.missing(read(edited), List.of("a"))).isEmpty();
    }

    @Test
    void severalTablesAreEditedAtOnce() {
        String text = "a:\r\nb: {load: full}\r\nc:\r\n";
        String edited = TimestampsEdit.apply(text, read(text), List.of("a", "b", "c"));
        assertThat(edited)
                .isEqualTo("a:\r\n  timestamps: local\r\nb: {timestamps: local, load: full}\r\nc:\r\n"
                        + "  timestamps: local\r\n");
    }

    @Test
    void anEntryOfAnotherFormIsMissing() {
        String text = "b: &shared {load: full}\na: *shared\n";
        String edited = TimestampsEdit.apply(text, read(text), List.of("a"));
        assertThat(edited).isEqualTo(text);
        assertThat(TimestampsEdit.missing(read(edited), List.of("a"))).containsExactly("a");
    }

    private Catalog read(String text) {
        return CatalogReader.read(ConfigFiles.write(directory, "tables.yml", text));
    }
}
