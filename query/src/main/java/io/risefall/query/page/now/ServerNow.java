package io.risefall.query.page.now;

import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server of the fleet that is not plainly up: in the worst of the states in which its nodes see it.
 *
 * @param state the worst one
 * @param since when the first of its nodes saw it so
 * @param on the nodes that see it so
 * @param nodes how many nodes know it
 * @param standby whether it is one that stands by in a role backend, so that being down is by design
 * @param outageId its open outage, the first of its nodes'; null where it is not down
 * @param outageAt when that began
 * @param reason HAProxy's short code of that outage; null: no line says
 * @param code HTTP status or similar; null: none
 * @param info what the server, the agent or the system said; null: nothing
 * @param certain whether lines prove that outage
 */
public record ServerNow(
        String proxy,
        String server,
        boolean backup,
        State state,
        Instant since,
        List<String> on,
        int nodes,
        boolean standby,
        boolean flapping,
        @Nullable String outageId,
        @Nullable Instant outageAt,
        @Nullable String reason,
        @Nullable Integer code,
        @Nullable String info,
        boolean certain) {
    /** From the worst on. */
    public enum State {
        DOWN("down"),
        UNKNOWN("unknown"),
        MAINT("in maintenance"),
        DRAIN("draining"),
        UP("up");

        private final String words;

        State(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public ServerNow {
        on = List.copyOf(on);
    }

    static ServerNow read(SqlQuery.Row row) throws SQLException {
        State worst = State.UP;
        for (State state : State.values()) {
            if (state != State.UP && !row.texts(column(state) + "_on").isEmpty()) {
                worst = state;
                break;
            }
        }
        boolean up = worst == State.UP;
        return new ServerNow(
                row.text("proxy"),
                row.text("server"),
                row.flag("backup"),
                worst,
                row.at(up ? "up_us" : column(worst) + "_us"),
                up ? List.of() : row.texts(column(worst) + "_on"),
                row.count("nodes"),
                row.flag("role"),
                row.flag("flapping"),
                row.textOrNull("outage_id"),
                row.atOrNull("outage_us"),
                row.textOrNull("reason"),
                row.intOrNull("code"),
                row.textOrNull("info"),
                row.flag("certain"));
    }

    private static String column(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** {@code web/srv1}. */
    public String name() {
        return proxy + "/" + server;
    }

    /** Whether some of its nodes see it in a better state. */
    public boolean isForSomeOnly() {
        return on.size() < nodes && state != State.UP;
    }

    /** {@code on 2 of 3 load balancers}; empty where all agree. */
    public String seenBy() {
        return isForSomeOnly() ? "on " + on.size() + " of " + Counts.loadBalancers(nodes) : "";
    }

    /** {@code L7STS 503 “…”}; empty where no line says. */
    public String why() {
        String text = reason == null ? "" : code == null ? reason : reason + " " + code;
        return info == null || info.isEmpty() ? text : (text + " “" + info + "”").strip();
    }
}
