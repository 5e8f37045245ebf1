package io.risefall.app.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.text.NamePattern;
import io.risefall.schemas.note.AlertSilence;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The silences that last, as the warehouse has them. */
final class Silenced {
    private static final String LASTING = "select silence_id, proxy, server, node, from_at, until_at, why, author"
            + " from alert_silences where from_at <= $now::timestamptz and until_at > $now::timestamptz"
            + " order by until_at, silence_id";

    private static final String KNOWN = "select distinct node, proxy, server from servers";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Silenced() {}

    static List<AlertSilence> read(QueryClient client, Instant now) throws Exception {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        client.query(lasting(now), ResultLayout.of(ResultFormat.JSON), rows);
        List<AlertSilence> silences = new ArrayList<>();
        for (JsonNode row : JSON.readTree(rows.toByteArray())) {
            silences.add(new AlertSilence(
                    row.get("silence_id").textValue(),
                    text(row, "node"),
                    row.get("proxy").textValue(),
                    text(row, "server"),
                    at(row, "from_at"),
                    at(row, "until_at"),
                    row.get("why").textValue(),
                    text(row, "author")));
        }
        return silences;
    }

    /** Why it may be mistyped: it is about no server that is known; with the nearest name. */
    static Optional<String> unseen(QueryClient client, AlertSilence silence, ServerTarget target) throws Exception {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        client.query(new SqlText(KNOWN, Map.of()), ResultLayout.of(ResultFormat.JSON), rows);
        Set<String> names = new TreeSet<>();
        Set<String> nodes = new TreeSet<>();
        for (JsonNode row : JSON.readTree(rows.toByteArray())) {
            String node = row.get("node").textValue();
            String proxy = row.get("proxy").textValue();
            String server = row.get("server").textValue();
            if (matches(silence.node(), node) && matches(silence.proxy(), proxy) && matches(silence.server(), server)) {
                return Optional.empty();
            }
            nodes.add(node);
            names.add(proxy + "/" + server);
        }
        return Optional.of(target.unknown(names, nodes));
    }

    private static boolean matches(@Nullable String pattern, String name) {
        return pattern == null || new NamePattern(pattern).matches(name);
    }

    static void print(QueryClient client, Instant now, Terminal terminal) throws Exception {
        client.query(lasting(now), new ResultLayout(ResultFormat.TABLE, terminal.columns()), terminal.out());
        terminal.out().flush();
    }

    private static SqlText lasting(Instant now) {
        return new SqlText(LASTING, Map.of("now", now.toString()));
    }

    private static @Nullable String text(JsonNode row, String column) {
        return row.get(column).textValue();
    }

    private static Instant at(JsonNode row, String column) {
        return OffsetDateTime.parse(row.get(column).textValue()).toInstant();
    }
}
