package io.risefall.app.truth.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the script of a run did to a server, so that HAProxy marked it DOWN.
 *
 * @param server {@code PROXY/SERVER}
 * @param start when
 * @param words the kind of fault, as {@code service refuse}
 * @param tracks whether the server follows another one, whose fault it is
 */
public record ScriptedCause(String server, Truth.Moment start, String words, boolean tracks) {
    /** By kind of fault, the causes that are right. A server that follows another one has the cause that it follows it. */
    private static final Map<String, Set<String>> RIGHT = Map.ofEntries(
            Map.entry("service refuse", Set.of("SERVER_NOT_RUNNING")),
            Map.entry("service status", Set.of("HEALTH_URI_FAILING")),
            Map.entry("service error", Set.of("SERVICE_REFUSES")),
            Map.entry("service blackhole", Set.of("NETWORK")),
            Map.entry("service silent", Set.of("TIMEOUT_TOO_SHORT", "TLS")),
            Map.entry("service slow", Set.of("TIMEOUT_TOO_SHORT")),
            Map.entry("service body", Set.of("OTHER_ANSWER")),
            Map.entry("service partial", Set.of("OTHER_ANSWER", "PROTOCOL_MIX_UP")),
            Map.entry("service close", Set.of("PROTOCOL_MIX_UP")),
            Map.entry("service garbage", Set.of("PROTOCOL_MIX_UP")),
            Map.entry("service reset", Set.of("PROTOCOL_MIX_UP")),
            Map.entry("service cert", Set.of("TLS")),
            Map.entry("service tls_plaintext", Set.of("TLS")),
            Map.entry("service tls_stall", Set.of("TLS")),
            Map.entry("service tls_close", Set.of("TLS")),
            Map.entry("service script", Set.of("EXTERNAL_CHECK")),
            Map.entry("agent say", Set.of("AGENT_SAYS_DOWN")),
            // Back from maintenance, or checked again, while nothing listens: the command shows what has been so.
            Map.entry("command enable health", Set.of("SERVER_NOT_RUNNING")),
            Map.entry("command state ready", Set.of("SERVER_NOT_RUNNING")),
            Map.entry("command health down", Set.of("OPERATOR")));

    /** Those of which a log has no words: a socket error is a close, a reset or HAProxy's own trouble. */
    private static final Set<String> UNTELLABLE_REASONS = Set.of("", "SOCKERR");

    private static final Set<String> UNTELLABLE = Set.of("configuration");

    /** All that a log can have. */
    public static List<ScriptedCause> of(JsonNode truth) {
        List<ScriptedCause> causes = new ArrayList<>();
        truth.get("servers").properties().forEach(server -> {
            if (!server.getValue().get("logged").asBoolean()) {
                return;
            }
            boolean tracks = !server.getValue().path("tracks").isMissingNode()
                    && !server.getValue().path("tracks").isNull();
            for (JsonNode down : server.getValue().path("down_intervals")) {
                causes.add(new ScriptedCause(
                        server.getKey(),
                        new Truth.Moment(
                                down.get("start_not_before").asDouble(),
                                down.get("start").asDouble()),
                        words(down.path("really")),
                        tracks));
            }
        });
        return causes;
    }

    private static String words(JsonNode really) {
        String source = really.path("source").asText("nothing");
        String behaviour = really.path("behaviour").asText();
        return switch (source) {
            case "command" ->
                behaviour.startsWith("enable health")
                        ? "command enable health"
                        : behaviour.endsWith("state ready") ? "command state ready" : "command health down";
            case "configuration" -> source;
            default -> source + " " + behaviour;
        };
    }

    /** Whether it is the right cause. */
    public boolean fits(String cause) {
        return tracks
                ? cause.equals("FOLLOWS")
                : RIGHT.getOrDefault(words, Set.of()).contains(cause);
    }

    /** Whether a log can tell it, with this reason in it. */
    public boolean isTellable(String reason) {
        return !UNTELLABLE.contains(words) && !UNTELLABLE_REASONS.contains(reason);
    }

    /** The outage of that server that begins then; null: none does. */
    public NamedOutage nearest(List<NamedOutage> outages, double tolerance) {
        NamedOutage best = null;
        double distance = tolerance;
        for (NamedOutage outage : outages) {
            double error = start.distance(outage.started());
            if (outage.server().equals(server) && error <= distance) {
                best = outage;
                distance = error;
            }
        }
        return best;
    }
}
