package io.risefall.query.alert.route;

import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertServer;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.text.NamePattern;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The silences that hold at a moment; those that end last come first. */
public record Silencing(List<Silenced> silences) {
    /** Nothing is silenced. */
    public static final Silencing NONE = new Silencing(List.of());

    private static final SqlQuery HOLDING = new SqlQuery("alert/silences.sql");

    /**
     * One of them; names are patterns.
     *
     * @param server null: all
     * @param node null: all
     * @param why as somebody wrote it, untrusted
     * @param author who made it; null: not known
     */
    public record Silenced(
            String id,
            String proxy,
            @Nullable String server,
            @Nullable String node,
            Instant until,
            String why,
            @Nullable String author) {
        /** {@code web/srv1}, {@code web-* on lb1}. */
        public String target() {
            return new ServerTarget(proxy, server, node).toString();
        }

        /** Whether it is about a server, at least as one node sees it. */
        public boolean isAbout(String ofProxy, String name) {
            return new NamePattern(proxy).matches(ofProxy) && (server == null || new NamePattern(server).matches(name));
        }

        boolean includes(String ofProxy, String name, List<String> nodes) {
            return isAbout(ofProxy, name) && (node == null || nodes.stream().allMatch(new NamePattern(node)::matches));
        }
    }

    public static Silencing read(Connection warehouse, Instant now) throws SQLException {
        return new Silencing(HOLDING.query(
                warehouse,
                row -> new Silenced(
                        row.text("silence_id"),
                        row.text("proxy"),
                        row.textOrNull("server"),
                        row.textOrNull("node"),
                        row.at("until_us"),
                        row.text("why"),
                        row.textOrNull("author")),
                now,
                now));
    }

    /** The silence of a server that ends last, as some nodes see the server. Empty: there is none. */
    public Optional<Silenced> of(String proxy, String server, List<String> nodes) {
        return silences.stream()
                .filter(silence -> silence.includes(proxy, server, nodes))
                .findFirst();
    }

    /** Why nobody is told: all servers of the message that are not well are silenced. Empty: one is not. */
    public Optional<String> of(AlertMessage message) {
        List<AlertServer> lasting = message.servers().stream()
                .filter(server -> server.state() != AlertServer.State.OVER)
                .toList();
        List<AlertServer> looked = lasting.isEmpty() ? message.servers() : lasting;
        if (looked.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> ids = new TreeSet<>();
        for (AlertServer server : looked) {
            Optional<Silenced> by = of(server.proxy(), server.server(), server.nodes());
            if (by.isEmpty()) {
                return Optional.empty();
            }
            ids.add(by.get().id());
        }
        return Optional.of("silenced by " + String.join(", ", ids));
    }
}
