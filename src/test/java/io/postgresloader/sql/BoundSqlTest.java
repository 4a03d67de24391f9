package io.postgresloader.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundSqlTest {
    private static final BoundSql A = BoundSql.of("a = ?", 1);
    private static final BoundSql BC = BoundSql.of("b = ? OR c = ?", 2, "3");

    @Test
    void parametersStayInTheOrderOfTheirMarkers() {
        BoundSql joined = BoundSql.join(" AND ", List.of(A, BC.inParentheses(), A));

        assertThat(joined).isEqualTo(BoundSql.of("a = ? AND (b = ? OR c = ?) AND a = ?", 1, 2, "3", 1));
    }

    @Test
    void oneAloneNeedsNoSeparator() {
        assertThat(BoundSql.join(" AND ", List.of(A))).isEqualTo(A);
    }

    @Test
    void partsThatAreJoinedStayAsTheyAre() {
        A.plus(BC);

        assertThat(A).isEqualTo(BoundSql.of("a = ?", 1));
    }

    @Test
    void parametersCannotBeChangedLater() {
        List<Object> parameters = new ArrayList<>(List.of(1));
        BoundSql sql = new BoundSql("a = ?", parameters);
        parameters.set(0, 2);

        assertThat(sql.parameters()).containsExactly(1);
        assertThatThrownBy(() -> sql.parameters().add(3)).isInstanceOf(UnsupportedOperationException.class);
    }
}
