package io.risefall.query.explain.line;

import io.risefall.query.explain.model.LogLine;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A health line as the warehouse has it.
 *
 * @param kind as in the view {@code events}
 * @param reason why, of a check line or a switch line
 * @param up whether a switch line says that the server is UP or DOWN; null if neither
 * @param activeLeft how many servers of its backend are usable, by a switch line
 * @param backupLeft the same for backup servers
 * @param again whether another line says the same, so that this one counts nothing
 */
public record EventRow(
        Instant at,
        Instant receivedAt,
        String proxy,
        @Nullable String server,
        @Nullable Long pid,
        String kind,
        boolean agent,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable Integer code,
        @Nullable Long durationMs,
        @Nullable Integer health,
        @Nullable Integer threshold,
        @Nullable String state,
        @Nullable Boolean up,
        @Nullable Integer activeLeft,
        @Nullable Integer backupLeft,
        String message,
        String line,
        String source,
        long position,
        int repeat,
        boolean duplicate) {

    /** Of one event, the stamps of two ways differ by no more: queues, and stamps of whole seconds. */
    public static final Duration APART = Duration.ofSeconds(3);

    /** An outage that would begin in the moment of another one begins a microsecond later. */
    private static final Duration SAME = Duration.ofMillis(1);

    public static EventRow read(SqlQuery.Row row) throws SQLException {
        return new EventRow(
                row.at("at_us"),
                row.at("received_us"),
                row.text("proxy"),
                row.textOrNull("server"),
                row.numberOrNull("pid"),
                row.text("kind"),
                row.flag("agent"),
                row.textOrNull("outcome"),
                row.textOrNull("reason"),
                row.intOrNull("code"),
                row.numberOrNull("duration_ms"),
                row.intOrNull("health"),
                row.intOrNull("threshold"),
                row.textOrNull("state"),
                row.flagOrNull("up"),
                row.intOrNull("active_left"),
                row.intOrNull("backup_left"),
                row.text("message"),
                row.text("line"),
                row.text("source"),
                row.number("position"),
                row.count("repeat"),
                row.flag("again"));
    }

    public boolean isCheck() {
        return kind.equals("check");
    }

    boolean isOf(String otherProxy, String otherServer) {
        return proxy.equals(otherProxy) && otherServer.equals(server);
    }

    boolean failed() {
        return isCheck() && "failed".equals(outcome);
    }

    boolean passed() {
        return isCheck() && outcome != null && !failed();
    }

    boolean isDownMessage() {
        return Boolean.FALSE.equals(up);
    }

    /** Whether a DOWN line has its reason with it. */
    boolean hasReason() {
        return isDownMessage() && reason != null;
    }

    /** Whether a switch line says that its backend has no server any more. */
    public boolean leavesNone() {
        return activeLeft != null && activeLeft == 0 && backupLeft != null && backupLeft == 0;
    }

    /** {@code 2/3 UP}; empty where the line was cut before it. */
    public String status() {
        return health == null || threshold == null || state == null
                ? ""
                : health + "/" + threshold + " " + state.toUpperCase(Locale.ROOT);
    }

    public boolean isAt(@Nullable Instant time) {
        return time != null && Duration.between(at, time).abs().compareTo(SAME) <= 0;
    }

    /** Whether this says again what {@code other} said, on another way or by another log target. */
    boolean repeats(EventRow other) {
        return !this.equals(other)
                && message.replace("'", "").equals(other.message.replace("'", ""))
                && (pid == null || other.pid == null || pid.equals(other.pid))
                && Duration.between(at, other.at).abs().compareTo(APART) <= 0;
    }

    /**
     * Puts repeats behind what they repeat.
     *
     * @param told what is shown
     * @param lines the same, in the same order, with why
     * @param near where to look for repeats
     */
    public static List<LogLine> withRepeats(List<EventRow> told, List<LogLine> lines, List<EventRow> near) {
        Map<EventRow, List<LogLine>> repeats = new HashMap<>();
        for (EventRow one : near) {
            EventRow original = one.duplicate() && told.stream().noneMatch(one::isSame) ? one.original(told) : one;
            if (original != one) {
                repeats.computeIfAbsent(original, any -> new ArrayList<>())
                        .add(one.toLogLine(false, "a repeat of " + original.place() + ": counts once"));
            }
        }
        List<LogLine> all = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            all.add(lines.get(i));
            all.addAll(repeats.getOrDefault(told.get(i), List.of()));
        }
        return all;
    }

    /** The line that this one, a repeat, says again: the nearest. Itself where none is there. */
    EventRow original(List<EventRow> lines) {
        EventRow nearest = this;
        for (EventRow other : lines) {
            boolean nearer = nearest == this
                    || Duration.between(at, other.at)
                                    .abs()
                                    .compareTo(Duration.between(at, nearest.at).abs())
                            < 0;
            if (!other.duplicate && repeats(other) && nearer) {
                nearest = other;
            }
        }
        return nearest;
    }

    boolean ofOtherProcess(EventRow other) {
        return pid != null && other.pid != null && !Objects.equals(pid, other.pid);
    }

    public LogLine toLogLine(boolean counts, String why) {
        return new LogLine(at, receivedAt, source, position, repeat, counts, why, line);
    }

    /** Whether both are one line. */
    boolean isSame(EventRow other) {
        return source.equals(other.source) && position == other.position && repeat == other.repeat;
    }

    String place() {
        return source + ":" + position;
    }
}
