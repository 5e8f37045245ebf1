package io.risefall.app.truth;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.app.truth.compare.Truth;
import io.risefall.app.truth.script.ScriptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be asked of a log that lacks lines. An outage of which the DOWN and the UP line came must be found, with its
 * times. Of the others some cannot be known: without a DOWN line and the check line before it nothing tells of it; without
 * its UP line it lasts until the next word of its server. But none may be made up: each begins within one that there was.
 */
final class LostLines {
    private static final Pattern SWITCH = Pattern.compile("^<\\d+>1 (\\S+) .* - - Server (\\S+) is (DOWN|UP)[ .,]");

    private final List<Truth.Server> servers;
    private final double tolerance;
    private final List<Switch> arrived = new ArrayList<>();
    private final int lostSwitches;

    private record Switch(String server, boolean up, double at) {}

    LostLines(ScriptRun played, double tolerance) throws IOException {
        this.tolerance = tolerance;
        servers = List.copyOf(played.servers());
        for (Path file : played.precise()) {
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = SWITCH.matcher(line);
                if (matcher.find()) {
                    arrived.add(new Switch(matcher.group(2), matcher.group(3).equals("UP"), seconds(matcher.group(1))));
                }
            }
        }
        lostSwitches = (int) played.lost().stream()
                .filter(line -> SWITCH.matcher(line).find())
                .count();
    }

    int lostSwitches() {
        return lostSwitches;
    }

    /** Rows of the view {@code outages} that begin where there was none. */
    List<JsonNode> invented(List<JsonNode> rows) {
        return rows.stream().filter(row -> !begins(servers, row, tolerance)).toList();
    }

    /** Whether a row of the view {@code outages} begins within an outage that there was. */
    static boolean begins(Collection<Truth.Server> servers, JsonNode row, double tolerance) {
        double at = seconds(row.get("started_at").asText());
        return servers.stream()
                .filter(server -> isOf(server, row))
                .flatMap(server -> server.outages().stream())
                .anyMatch(outage -> at > outage.start().from() - tolerance
                        && (outage.end() == null || at < outage.end().to() + tolerance));
    }

    /** Outages of which both lines came and that no row tells of as they were. */
    List<String> missed(List<JsonNode> rows) {
        List<String> missed = new ArrayList<>();
        for (Truth.Server server : servers) {
            for (Truth.Outage outage : server.outages()) {
                if (came(server, false, outage.start())
                        && outage.end() != null
                        && came(server, true, outage.end())
                        && rows.stream().noneMatch(row -> isOf(server, row) && isAsItWas(outage, row))) {
                    missed.add(server.name() + " " + outage);
                }
            }
        }
        return missed;
    }

    private boolean came(Truth.Server server, boolean up, Truth.Moment moment) {
        return arrived.stream()
                .anyMatch(line ->
                        line.server.equals(server.name()) && line.up == up && moment.distance(line.at) <= tolerance);
    }

    private boolean isAsItWas(Truth.Outage outage, JsonNode row) {
        return outage.start().distance(seconds(row.get("started_at").asText())) <= tolerance
                && !row.get("ended_at").isNull()
                && outage.end().distance(seconds(row.get("ended_at").asText())) <= tolerance;
    }

    private static boolean isOf(Truth.Server server, JsonNode row) {
        return server.name()
                .equals(row.get("proxy").asText() + "/" + row.get("server").asText());
    }

    private static double seconds(String stamp) {
        OffsetDateTime time = OffsetDateTime.parse(stamp);
        return time.toEpochSecond() + time.getNano() / 1e9;
    }
}
