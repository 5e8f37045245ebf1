package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        execute("create table t (i integer)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void whatFailsIsUndoneAsAWhole() throws SQLException {
        Transactions transactions = new Transactions(connection);
        assertThatThrownBy(() -> transactions.run(() -> {
                    execute("insert into t values (1)");
                    execute("insert into missing values (1)");
                }))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("missing")
                .hasNoSuppressedExceptions();
        transactions.run(() -> execute("insert into t values (2)"));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void aCommitThatIsFollowedByAFailureLeavesNothingToRollBack() throws SQLException {
        Transactions transactions = new Transactions(connection);
        assertThatThrownBy(() -> transactions.run(() -> execute("commit"))).hasNoSuppressedExceptions();
        transactions.run(() -> execute("insert into t values (1)"));
        assertThat(rows()).isEqualTo(1);
    }

    /** As DuckDB leaves it where a statement by itself lacked memory. */
    @Test
    void aTransactionThatNobodyBeganAndAFailureAbortedIsRolledBack() throws SQLException {
        Transactions transactions = new Transactions(connection);
        abort();
        assertThat(transactions.<Integer>read(this::rows)).isZero();
        abort();
        transactions.run(() -> execute("insert into t values (1)"));
        assertThat(rows()).isEqualTo(1);
    }

    private void abort() throws SQLException {
        execute("begin transaction");
        assertThatThrownBy(() -> execute("select error('out of memory')")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> execute("select 1")).hasMessageContaining("Current transaction is aborted");
    }

    @Test
    void aRollbackThatFailsIsTriedAgainBeforeTheNextStatement() throws SQLException {
        AtomicInteger rollbacks = new AtomicInteger();
        Transactions transactions = new Transactions(failingRollbacks(2, rollbacks));
        assertThatThrownBy(() -> transactions.run(() -> {
                    execute("insert into t values (1)");
                    execute("insert into missing values (1)");
                }))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThatThrownBy(this::rows).hasMessageContaining("Current transaction is aborted");
        assertThatThrownBy(transactions::end).hasMessageContaining("Out of Memory Error");
        transactions.run(() -> execute("insert into t values (2)"));
        assertThat(rollbacks).hasValue(3);
        assertThat(rows()).isEqualTo(1);
    }

    /** The connection, whose first rollbacks fail before DuckDB sees them, as those do for which there is no memory. */
    private Connection failingRollbacks(int failing, AtomicInteger rollbacks) {
        ClassLoader loader = getClass().getClassLoader();
        return (Connection) Proxy.newProxyInstance(loader, new Class<?>[] {Connection.class}, (self, method, args) -> {
            Object made = method.invoke(connection, args);
            if (!(made instanceof Statement)) {
                return made;
            }
            return Proxy.newProxyInstance(loader, new Class<?>[] {Statement.class}, (statement, call, given) -> {
                if (given != null && given[0].equals("rollback") && rollbacks.incrementAndGet() <= failing) {
                    throw new SQLException("Out of Memory Error: failed to allocate data");
                }
                try {
                    return call.invoke(made, given);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        });
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int rows() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
