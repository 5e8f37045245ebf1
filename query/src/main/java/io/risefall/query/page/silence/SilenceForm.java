package io.risefall.query.page.silence;

import io.risefall.query.postmortem.Postmortem;
import io.risefall.query.postmortem.Postmortem.PastOutage;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.Durations;
import io.risefall.schemas.note.AlertSilence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has filled in, as it was typed.
 *
 * @param servers names of servers and backends, or patterns, with spaces or commas between them
 * @param node empty: all
 * @param duration how long, such as {@code 2h}
 */
public record SilenceForm(String servers, String node, String duration, String why) {
    /** Of an incident more servers than this are named by their backends. */
    private static final int NAMED_SERVERS = 20;

    private static final int MOST = 200;

    static SilenceForm of(Map<String, String> fields) {
        return new SilenceForm(
                fields.getOrDefault("servers", "").strip(),
                fields.getOrDefault("node", "").strip(),
                fields.getOrDefault("for", "2h").strip(),
                fields.getOrDefault("why", "").strip());
    }

    /** With the servers of an incident: those that are DOWN still, where some are. */
    SilenceForm of(Postmortem incident) {
        List<PastOutage> lasting = incident.outages().stream()
                .filter(outage -> outage.endedAt() == null)
                .toList();
        List<PastOutage> outages = lasting.isEmpty() ? incident.outages() : lasting;
        TreeSet<String> names = outages.stream()
                .map(outage -> outage.proxy() + "/" + outage.server())
                .collect(Collectors.toCollection(TreeSet::new));
        if (names.size() > NAMED_SERVERS) {
            names = outages.stream().map(PastOutage::proxy).collect(Collectors.toCollection(TreeSet::new));
        }
        return new SilenceForm(names.stream().limit(MOST).collect(Collectors.joining(" ")), node, duration, why);
    }

    /**
     * One silence of each name.
     *
     * @param author whose form it is
     * @throws IllegalArgumentException with a sentence for that person
     */
    List<AlertSilence> silences(Instant now, String author) {
        List<String> names = Arrays.stream(servers.split("[\\s,]+"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "Which servers? Name them, such as web/srv1, or a backend, such as web.");
        }
        if (names.size() > MOST) {
            throw new IllegalArgumentException(
                    "At most " + MOST + " names at a time; a pattern such as web-* stands for many.");
        }
        Instant until = now.plus(Durations.parse(duration)).truncatedTo(ChronoUnit.SECONDS);
        return names.stream().map(name -> silence(name, now, until, author)).toList();
    }

    private AlertSilence silence(String name, Instant now, Instant until, @Nullable String author) {
        ServerTarget target = ServerTarget.parse(name, node.isEmpty() ? null : node);
        return new AlertSilence(
                AlertSilence.newId(),
                target.node(),
                Objects.requireNonNull(target.proxy()),
                target.server(),
                now,
                until,
                why,
                author);
    }
}
