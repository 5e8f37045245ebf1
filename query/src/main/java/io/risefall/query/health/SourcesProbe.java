package io.risefall.query.health;

import io.risefall.query.reading.ReadingState;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Printable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether every source is read that was followed when it was last heard of. Ingest tells every five seconds that a source is
 * read to its end, unless its file is gone or cannot be read; while it catches up, the count of lines grows.
 */
final class SourcesProbe implements HealthProbe {
    /** Six heartbeats of ingest, as the view ingest has it. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Who was killed says no word of farewell, and is perhaps not meant to come back. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private static final int NAMED = 3;
    private static final SqlQuery SOURCES = new SqlQuery("health/sources.sql");

    private final Supplier<Connection> warehouse;
    private final Supplier<ReadingState> reading;
    private final Map<String, Moved> moved = new HashMap<>();
    /** Before it, nothing was heard of any source here. */
    private @Nullable Instant hearing;

    private record Moved(long lines, Instant at) {}

    private record Followed(String source, Instant asOf, long lines) {}

    SourcesProbe(Supplier<Connection> warehouse, Supplier<ReadingState> reading) {
        this.warehouse = warehouse;
        this.reading = reading;
    }

    @Override
    public String name() {
        return "sources";
    }

    @Override
    public ProbeResult look(Instant now) throws SQLException {
        if (reading.get().awaySince() != null) {
            hearing = null;
            return KafkaProbe.AWAY;
        }
        hearing = hearing == null ? now : hearing;
        List<Followed> followed = followed();
        moved.keySet().retainAll(followed.stream().map(Followed::source).toList());
        List<String> dead = new ArrayList<>();
        int forgotten = 0;
        for (Followed source : followed) {
            Instant heard = heard(source, now);
            if (Duration.between(heard, now).compareTo(FORGOTTEN) > 0) {
                forgotten++;
            } else if (Duration.between(heard, now).compareTo(LIMIT) > 0) {
                dead.add(source.source());
            }
        }
        return dead.isEmpty() ? well(followed.size() - forgotten, forgotten) : failing(dead, now);
    }

    private List<Followed> followed() throws SQLException {
        try (Connection views = warehouse.get()) {
            return SOURCES.query(views, row -> new Followed(row.text("source"), row.at("as_of"), row.number("lines")));
        }
    }

    private Instant heard(Followed source, Instant now) {
        Moved before = moved.get(source.source());
        if (before == null) {
            moved.put(source.source(), new Moved(source.lines(), source.asOf()));
        } else if (before.lines() != source.lines()) {
            moved.put(source.source(), new Moved(source.lines(), now));
        }
        Instant last = moved.get(source.source()).at();
        return last.isAfter(source.asOf()) ? last : source.asOf();
    }

    private ProbeResult failing(List<String> dead, Instant now) {
        String names = dead.stream().limit(NAMED).map(Printable::of).collect(Collectors.joining(", "))
                + (dead.size() > NAMED ? " and " + (dead.size() - NAMED) + " more" : "");
        if (hearing != null && Duration.between(hearing, now).compareTo(LIMIT) <= 0) {
            return ProbeResult.waiting("nothing has been heard yet of " + names);
        }
        return ProbeResult.failing(
                "not read: " + names,
                "see that ingest runs, that the file is there and that it may be read; ingest's log says why it cannot. A source"
                        + " that is no longer followed is forgotten after a day");
    }

    private static ProbeResult well(int read, int forgotten) {
        String others = forgotten == 0 ? "" : "; " + forgotten + " not heard of for a day";
        return ProbeResult.ok(
                (read == 0 ? "no source is followed" : read == 1 ? "1 source is read" : read + " sources are read")
                        + others);
    }
}
