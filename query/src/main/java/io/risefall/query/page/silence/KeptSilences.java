package io.risefall.query.page.silence;

import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Printable;
import io.risefall.schemas.note.AlertSilence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The silences that hold or have ended lately, the latest first. */
public record KeptSilences(List<AlertSilence> all, Instant now) {
    private static final SqlQuery KEPT = new SqlQuery("page/silence/silences.sql");
    private static final Duration LATELY = Duration.ofDays(30);

    static KeptSilences read(Connection views, Instant now) throws SQLException {
        return new KeptSilences(KEPT.query(views, KeptSilences::silence, now.minus(LATELY)), now);
    }

    private static AlertSilence silence(SqlQuery.Row row) throws SQLException {
        return new AlertSilence(
                row.text("silence_id"),
                row.textOrNull("node"),
                row.text("proxy"),
                row.textOrNull("server"),
                row.at("from_us"),
                row.at("until_us"),
                row.text("why"),
                row.textOrNull("author"));
    }

    public List<AlertSilence> holding() {
        return all.stream().filter(silence -> silence.until().isAfter(now)).toList();
    }

    public List<AlertSilence> over() {
        return all.stream().filter(silence -> !silence.until().isAfter(now)).toList();
    }

    /** @throws IllegalArgumentException where none of that id holds */
    AlertSilence lasting(String id) {
        return holding().stream()
                .filter(silence -> silence.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No silence " + Printable.of(id) + " holds: it has ended already."));
    }
}
