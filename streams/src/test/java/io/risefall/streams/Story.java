package io.risefall.streams;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSnapshot;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.state.StateInterval;
import io.risefall.streams.absence.AbsencePeriod;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.model.StateUpdate;
import io.risefall.streams.model.StreamsSettings.Rules;
import io.risefall.streams.server.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A server's life as text, for tests. Each line is {@code SECONDS PID WORDS}, {@code SECONDS begin|reload|restart|stop|end}
 * (a restart has the same pid) or {@code SECONDS absent UNTIL}; WORDS are {@code
 * up}, {@code down [STATUS] [via b/s|cli|state-file] [left=N]}, {@code stopping}, {@code maint}, {@code was-down-maint [removed]}, {@code ready
 * up|down}, {@code drain [left=N|online=N]}, {@code undrain up|down}, {@code remains-maint}, {@code remains-drain},
 * {@code check|agent pass|fail n/m STATE [STATUS|-]}, {@code hup up|down}, {@code told up|down|maint|drain} (asked, not logged), {@code renamed} (to another name), {@code named} (from
 * another name). STATUS is {@code NAME[:CODE[:MILLIS]]}, {@code -} none. Behind the words, {@code backup} makes it a backup server
 * and {@code alert} is the severity; without, it is not known.
 */
public final class Story {
    public static final Instant START = Instant.parse("2026-11-23T01:00:00Z");
    public static final ServerName SERVER = new ServerName("web", "s1");
    public static final ServerName NEW_NAME = new ServerName("web", "s2");
    public static final String NODE = "lb1";
    private static final Set<String> NOT_REASONS = Set.of("up", "down", "backup", "alert");

    private Story() {}

    /** The inputs of a story; a line's position is its number in it, from 1. */
    static List<StateInput> inputs(String story) {
        List<StateInput> inputs = new ArrayList<>();
        story.lines().filter(line -> !line.isBlank()).forEach(line -> inputs.add(input(line, inputs.size() + 1)));
        return inputs;
    }

    private static StateInput input(String text, long position) {
        String[] parts = text.trim().split("\\s+");
        Instant at = at(parts[0]);
        if (parts[1].equals("reload")) {
            return new StateInput.ProcessReplaced(at, 1, 2);
        }
        if (parts[1].equals("restart")) {
            return new StateInput.ProcessReplaced(at, 1, 1);
        }
        if (parts[1].equals("end")) {
            return new StateInput.ProcessEnded(at);
        }
        if (parts[1].equals("begin")) {
            return new StateInput.ProcessStarted(at);
        }
        if (parts[1].equals("stop")) {
            return new StateInput.ProxyStopped(at);
        }
        if (parts[1].equals("absent")) {
            return new StateInput.ListenerAbsent(new AbsencePeriod(at, at(parts[2])));
        }
        return new StateInput.LogEvent(new Line(
                at,
                Long.valueOf(parts[1]),
                has(parts, "alert") ? Severity.ALERT : null,
                message(parts),
                null,
                null,
                null,
                new LinePosition("log", position, 0)));
    }

    private static boolean has(String[] parts, String word) {
        return Arrays.asList(parts).contains(word);
    }

    public static Instant at(String seconds) {
        return START.plus(Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000)));
    }

    public static HealthMessage message(String[] parts) {
        return switch (parts[2]) {
            case "up" -> switched(Transition.UP, null, parts);
            case "down" -> switched(Transition.DOWN, null, parts);
            case "stopping" -> switched(Transition.STOPPING, null, parts);
            case "maint" -> switched(Transition.MAINTENANCE, null, parts);
            case "was-down-maint" -> switched(Transition.MAINTENANCE_FROM_DOWN, null, parts);
            case "ready" -> switched(Transition.LEAVES_FORCED_MAINTENANCE, parts[3].equals("up"), parts);
            case "drain" -> switched(Transition.DRAIN, null, parts);
            case "undrain" -> switched(Transition.LEAVES_FORCED_DRAIN, parts[3].equals("up"), parts);
            case "remains-maint" -> switched(Transition.REMAINS_FORCED_MAINTENANCE, null, parts);
            case "remains-drain" -> switched(Transition.REMAINS_FORCED_DRAIN, null, parts);
            case "renamed" -> new ServerNotice(NEW_NAME, false, ServerNotice.What.RENAMED, SERVER.server(), null);
            case "named" -> new ServerNotice(SERVER, has(parts, "backup"), ServerNotice.What.RENAMED, "old", null);
            case "hup" -> new ServerSnapshot(SERVER, parts[3].equals("up"), null, null, null);
            case "told" -> told(SERVER, Health.of(parts[3]));
            case "check", "agent" -> check(parts);
            default -> throw new IllegalArgumentException(String.join(" ", parts));
        };
    }

    /** What HAProxy tells of a server when it is asked. */
    static ObservedServer told(ServerName server, Health state) {
        CheckReason reason = state == Health.DOWN ? reason("L4CON") : null;
        return new ObservedServer(server, false, state, state.name(), reason, null, null);
    }

    private static ServerSwitch switched(Transition transition, Boolean up, String[] parts) {
        CheckReason reason = null;
        ServerName via = null;
        String changedFrom = null;
        ServerCounts counts = null;
        String why = null;
        for (int i = 3; i < parts.length; i++) {
            if (parts[i].equals("via")) {
                via = ServerName.parse(parts[++i]);
            } else if (parts[i].equals("cli")) {
                changedFrom = "CLI";
            } else if (parts[i].equals("state-file")) {
                changedFrom = ServerSwitch.SERVER_STATE;
            } else if (parts[i].equals("removed")) {
                why = "entry removed from SRV record";
            } else if (parts[i].startsWith("left=")) {
                counts = new ServerCounts(Integer.parseInt(parts[i].substring(5)), 0, false, 0L, 0L, 0L);
            } else if (parts[i].startsWith("online=")) {
                counts = new ServerCounts(Integer.parseInt(parts[i].substring(7)), 0, false, null, 0L, 0L);
            } else if (!NOT_REASONS.contains(parts[i])) {
                reason = reason(parts[i]);
            }
        }
        return new ServerSwitch(
                SERVER,
                has(parts, "backup"),
                transition,
                up,
                up == null ? null : false,
                changedFrom,
                why,
                reason,
                via,
                null,
                counts,
                false,
                null);
    }

    private static CheckReason reason(String text) {
        String[] parts = text.split(":");
        Integer code = parts.length > 1 && !parts[1].isEmpty() ? Integer.valueOf(parts[1]) : null;
        Long millis = parts.length > 2 ? parts[2].equals("-") ? null : Long.valueOf(parts[2]) : Long.valueOf(1);
        return text.equals("-") ? null : new CheckReason(CheckStatus.valueOf(parts[0]), code, null, millis);
    }

    private static CheckResult check(String[] parts) {
        String[] lives = parts[4].split("/");
        boolean failed = parts[3].equals("fail");
        boolean reasoned = parts.length > 6 && !NOT_REASONS.contains(parts[6]);
        return new CheckResult(
                SERVER,
                has(parts, "backup"),
                parts[2].equals("agent"),
                failed ? CheckResult.Outcome.FAILED : CheckResult.Outcome.SUCCEEDED,
                reason(reasoned ? parts[6] : failed ? "L4CON" : "L7OK"),
                Integer.valueOf(lives[0]),
                Integer.valueOf(lives[1]),
                CheckResult.State.valueOf(parts[5]),
                false,
                null);
    }

    /** The lines of a story as one log has them, in whole or broken seconds. */
    static List<HealthEvent> events(String story) {
        List<HealthEvent> events = new ArrayList<>();
        for (String line : story.lines().toList()) {
            String[] parts = line.trim().split("\\s+");
            events.add(event(events.size(), at(parts[0]), Long.valueOf(parts[1]), message(parts)));
        }
        return events;
    }

    /** A line of a process about another server of the same backend. */
    static HealthEvent aboutOther(long position, String seconds, long pid) {
        return event(position, at(seconds), pid, new ServerSnapshot(NEW_NAME, true, null, null, null));
    }

    static HealthEvent event(long position, Instant at, Long pid, HealthMessage message) {
        return event(position, at, pid, Severity.NOTICE, message);
    }

    static HealthEvent event(long position, Instant at, Long pid, Severity severity, HealthMessage message) {
        return new HealthEvent(
                at,
                true,
                at.plusMillis(2),
                NODE,
                pid,
                "haproxy",
                severity,
                message,
                new LineFrame("", null, null),
                new Origin("file:/var/log/haproxy.log", position, 0, null));
    }

    /** What follows from a story: states, then outages, then flapping, a line each. */
    static String outcome(String story) {
        return render(emitted(story).stream().map(OutputRecord::value).toList());
    }

    /** The last record of each key that follows from a story. */
    static Collection<OutputRecord> emitted(String story) {
        Map<String, OutputRecord> emitted = new TreeMap<>();
        tell(story, record -> emitted.put(record.key(), record));
        return emitted.values();
    }

    /** The state after a story. */
    static EntityState state(String story) {
        return tell(story, record -> {});
    }

    private static EntityState tell(String story, Consumer<OutputRecord> emit) {
        EntityState state = ServerState.unseen(NODE, SERVER);
        for (StateInput input : inputs(story)) {
            StateUpdate<EntityState> update = state.on(input, Rules.DEFAULTS);
            state = update.next();
            update.emissions().forEach(emit);
        }
        return state;
    }

    /** States, outages, flapping and doubts as text; other records and nulls are left out. */
    static String render(List<?> values) {
        List<String> states = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof StateInterval interval) {
                states.add(interval.state().word() + " " + span(interval.fromAt(), interval.toAt()));
            } else if (value instanceof Outage outage) {
                rest.add(outage(outage));
            } else if (value instanceof Flapping flapping) {
                rest.add("flapping " + seconds(flapping.startedAt()) + " downs " + flapping.downs());
            } else if (value instanceof Doubt doubt) {
                rest.add("doubt " + span(doubt.fromAt(), doubt.toAt()));
            }
        }
        return String.join(", ", states) + (rest.isEmpty() ? "" : "\n" + String.join("\n", rest));
    }

    /** What states and outages follow from, a record a line: roles with the number of their line, or with a time. */
    static String provenance(String story) {
        List<String> records = new ArrayList<>();
        for (OutputRecord record : emitted(story)) {
            if (record.value() instanceof StateInterval interval) {
                records.add(interval.state().word() + " " + span(interval.fromAt(), interval.toAt()) + ": "
                        + text(interval.provenance()));
            } else if (record.value() instanceof Outage outage) {
                records.add("outage " + span(outage.startedAt(), outage.endedAt()) + ": " + text(outage.provenance()));
            }
        }
        records.sort(Comparator.comparing(record -> record.startsWith("outage")));
        return String.join("\n", records);
    }

    /** Roles, or rules, each with the position of its line or with a time. */
    public static String text(Provenance provenance) {
        return provenance.evidence().stream()
                        .map(one -> (one.rule() == null
                                        ? one.role().word()
                                        : one.rule().word()) + " "
                                + (one.line() == null
                                        ? "at " + seconds(one.at())
                                        : String.valueOf(one.line().position())))
                        .collect(Collectors.joining(", "))
                + (provenance.leftOut() == 0 ? "" : ", and " + provenance.leftOut());
    }

    private static String outage(Outage outage) {
        StringBuilder text = new StringBuilder(
                (outage.backup() ? "backup " : "") + "outage " + span(outage.startedAt(), outage.endedAt()));
        if (outage.endedBy() != null) {
            text.append(' ').append(outage.endedBy().word());
        }
        if (outage.reason() != null) {
            text.append(' ').append(outage.reason().status());
        }
        if (outage.joined()) {
            text.append(" joined");
        }
        if (outage.agent()) {
            text.append(" agent");
        }
        if (outage.via() != null) {
            text.append(" via ").append(outage.via());
        }
        if (outage.changedFrom() != null) {
            text.append(" from ").append(outage.changedFrom());
        }
        if (outage.firstFailureAt() != null) {
            text.append(" first ").append(seconds(outage.firstFailureAt()));
        }
        if (outage.firstSuccessAt() != null) {
            text.append(" success ").append(seconds(outage.firstSuccessAt()));
        }
        if (outage.backendEmptied()) {
            text.append(" emptied");
        }
        return text + (outage.certain() ? "" : " uncertain");
    }

    public static String span(Instant from, Instant to) {
        return seconds(from) + ".." + (to == null ? "" : seconds(to));
    }

    public static String seconds(Instant at) {
        String text =
                String.format(Locale.ROOT, "%.6f", Duration.between(START, at).toNanos() / 1e9);
        return text.replaceFirst("\\.?0+$", "");
    }
}
