package io.postgresloader.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import java.io.EOFException;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionSystemException;

class SqlFailuresTest {
    private static final String VALUE = "Key (name)=(Doe)";

    @ParameterizedTest
    @CsvSource({
        "08006, 0, TRANSIENT",
        "40001, 0, TRANSIENT",
        "40P01, 0, TRANSIENT",
        "53300, 0, TRANSIENT",
        "55P03, 0, TRANSIENT",
        "57P01, 0, TRANSIENT",
        "25006, 0, TRANSIENT",
        "HY000, 1205, TRANSIENT",
        "40001, 1213, TRANSIENT",
        "70100, 1927, TRANSIENT",
        "HY000, 2013, TRANSIENT",
        "42000, 1226, TRANSIENT",
        "70100, 1317, TRANSIENT",
        "HY000, 1412, TRANSIENT",
        "22001, 0, ROW_DATA",
        "23505, 0, ROW_DATA",
        "54000, 0, ROW_DATA",
        "42P01, 0, SCHEMA",
        "42S22, 1054, SCHEMA",
        "42501, 0, SCHEMA",
        "HY000, 1034, SCHEMA",
        "HY000, 1194, SCHEMA",
        "XX000, 0, UNKNOWN",
        "HY000, 1105, UNKNOWN"
    })
    void theStateGivesTheKind(String sqlState, int vendorCode, FailureKind kind) {
        Failure failure = SqlFailures.of(new RuntimeException(new SQLException(VALUE, sqlState, vendorCode)));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.sqlState()).contains(sqlState);
        assertThat(failure.toString()).doesNotContain("Doe");
    }

    @Test
    void aDuplicateKeyIsCalledThat() {
        assertThat(SqlFailures.of(new SQLException(VALUE, "23505")).toString())
                .isEqualTo("row data (SQLSTATE 23505): duplicate key: the value violates a unique constraint");
    }

    @Test
    void ourOwnFailuresStayWhatTheyAre() {
        Failure ours = new Failure(FailureKind.INTEGRITY, Optional.empty(), "rows are missing");
        assertThat(SqlFailures.of(new IllegalStateException(new LoadFailedException(ours))))
                .isEqualTo(ours);
    }

    @Test
    void aGeneralErrorThatHidesABrokenConnectionIsTransient() {
        assertThat(SqlFailures.of(new SQLException(VALUE, "S1000", new EOFException()))
                        .kind())
                .isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aPoolWithoutConnectionIsTransient() {
        assertThat(SqlFailures.of(new SQLException("Connection is closed")).kind())
                .isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aRollbackThatFailsDoesNotHideWhyItWasCalledFor() {
        TransactionSystemException rollback = new TransactionSystemException("x", new SQLException("closed"));
        rollback.initApplicationException(new SQLException(VALUE, "57P01"));

        assertThat(SqlFailures.of(rollback).sqlState()).contains("57P01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "99", "123456"})
    void aStateThatIsNoneGivesNoKind(String sqlState) {
        assertThat(SqlFailures.of(new SQLException(VALUE, sqlState)).toString())
                .isEqualTo("unknown: the database or its driver reported an error");
    }

    @Test
    void aCauseGivesTheKindWhereNoStateDoes() {
        SQLException outer = new SQLException(VALUE, "", new SQLException(VALUE, "08006"));

        assertThat(SqlFailures.of(outer).sqlState()).contains("08006");
    }

    @Test
    void anythingElseIsNamedByItsClassOnly() {
        assertThat(SqlFailures.of(new IllegalStateException(VALUE)).toString())
                .isEqualTo("unknown: unexpected IllegalStateException");
    }
}
