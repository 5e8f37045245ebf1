package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckDbProblemTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    IN_USE            | IO Error: Could not set lock on file "w.duckdb": Conflicting lock is held in java (PID 7).
                    PERMISSION_DENIED | IO Error: Cannot open file "w.duckdb": Permission denied
                    NEWER_FORMAT      | Trying to read a database file with version number 99
                    NOT_A_DATABASE    | IO Error: The file "w.duckdb" exists, but it is not a valid DuckDB database file!
                    DISK_FULL         | IO Error: Could not write file "w.duckdb": No space left on device
                    OUT_OF_MEMORY     | Out of Memory Error: failed to pin block of size 256.0 KiB
                    OUT_OF_MEMORY     | std::bad_alloc: bad allocation
                    INVALIDATED       | FATAL Error: Failed: database has been invalidated because of a previous fatal error
                    NO_TRANSACTION    | TransactionContext Error: cannot rollback - no transaction is active
                    OTHER             | Parser Error: syntax error at or near "x"
                    """)
    void messagesOfDuckDbAreToldApart(DuckDbProblem expected, String message) {
        assertThat(DuckDbProblem.of(new SQLException(message))).isEqualTo(expected);
    }

    @Test
    void aProblemIsFoundBehindWhatItCaused() {
        Exception duckdb = new SQLException("FATAL Error: database has been invalidated");
        Exception failure = new IllegalStateException("cannot write", new IllegalStateException(duckdb));
        assertThat(DuckDbProblem.INVALIDATED.isBehind(failure)).isTrue();
        assertThat(DuckDbProblem.IN_USE.isBehind(failure)).isFalse();
        assertThat(DuckDbProblem.IN_USE.isBehind(null)).isFalse();
        assertThat(DuckDbProblem.OTHER.isBehind(new SQLException())).isTrue();
    }
}
