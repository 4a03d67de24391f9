package io.postgresloader.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageMemoryTest {
    @BeforeEach
    void noSpareArrays() {
        while (PageMemory.spare().isPresent()) {
            continue;
        }
    }

    @Test
    void nextPageTakesTheArrayOfAReleasedOne() {
        byte[] array = PageMemory.take();
        Page page = page(array);

        page.release();

        assertThat(PageMemory.take()).isSameAs(array);
        assertThat(PageMemory.take()).isNotSameAs(array);
    }

    @Test
    void arrayOfALargeRowIsNotKept() {
        page(new byte[2 * PageMemory.SEGMENT_BYTES]).release();

        assertThat(PageMemory.spare()).isEqualTo(Optional.empty());
    }

    @Test
    void releasedPageCannotBeRead() {
        Page page = page(PageMemory.take());
        RowBatch part = page.rows().slice(0, 1);

        page.release();

        assertThatThrownBy(() -> part.cells(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> part.writeTo((bytes, from, length) -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(page::release).isInstanceOf(IllegalStateException.class);
    }

    private static Page page(byte[] array) {
        array[0] = '7';
        array[1] = '\n';
        RowSegment segment = new RowSegment(array, new int[] {2}, 0);
        return new Page(new RowBatch(List.of(segment)), List.of(), RowKey.NONE, true, MappedValues.NONE);
    }
}
