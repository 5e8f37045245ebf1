package io.risefall.query.budget;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One budget: a row of the view {@code budget}, whose columns say what its parts are. */
public record BudgetRow(
        String kind,
        @Nullable String node,
        String proxy,
        @Nullable String server,
        @Nullable Long servers,
        Instant fromAt,
        Instant toAt,
        Instant asOf,
        long allowedMs,
        long spentMs,
        long spentLowMs,
        long spentHighMs,
        long leftMs,
        @Nullable Double left,
        @Nullable Double leftLow,
        @Nullable Double leftHigh,
        long forSomeMs,
        long maintMs,
        @JsonProperty("burn_1h") @Nullable Double burn1h,
        @JsonProperty("burn_6h") @Nullable Double burn6h,
        @Nullable Instant goneAt) {
    static final String SERVER = "server";
    static final String BACKEND = "backend";
    static final String CAPACITY = "capacity";

    static BudgetRow of(SqlQuery.Row row) throws SQLException {
        return new BudgetRow(
                row.text("kind"),
                row.textOrNull("node"),
                row.text("proxy"),
                row.textOrNull("server"),
                row.numberOrNull("servers"),
                row.at("from_us"),
                row.at("to_us"),
                row.at("as_of_us"),
                row.number("allowed_ms"),
                row.number("spent_ms"),
                row.number("spent_low_ms"),
                row.number("spent_high_ms"),
                row.number("left_ms"),
                row.realOrNull("left"),
                row.realOrNull("left_low"),
                row.realOrNull("left_high"),
                row.number("for_some_ms"),
                row.number("maint_ms"),
                row.realOrNull("burn_1h"),
                row.realOrNull("burn_6h"),
                row.atOrNull("gone_us"));
    }

    /** {@code web}, {@code web/srv1}. */
    @JsonIgnore
    public String name() {
        return server == null ? proxy : proxy + "/" + server;
    }

    /** Whether all of it is spent. */
    @JsonIgnore
    public boolean isSpent() {
        return allowedMs > 0 && spentMs >= allowedMs;
    }

    /** Whether all of it is spent if the log does not tell everything. */
    @JsonIgnore
    public boolean mayBeSpent() {
        return allowedMs > 0 && !isSpent() && spentHighMs >= allowedMs;
    }
}
