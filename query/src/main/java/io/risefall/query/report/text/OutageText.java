package io.risefall.query.report.text;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The phrases about outages: why, from when to when, and how late HAProxy was to notice. */
public final class OutageText {
    /** What nodes see within this time of each other is not told apart. */
    private static final Duration ALIKE = Duration.ofSeconds(10);

    private final DayReport report;
    private final LocalTimes times;

    OutageText(DayReport report, LocalTimes times) {
        this.report = report;
        this.times = times;
    }

    /** How long HAProxy takes to believe its checks, in the middle of this day's outages; empty where none tells. */
    public Optional<String> lags() {
        List<Long> detections = report.ownOutages().stream()
                .map(DayOutage::detectionMs)
                .filter(Objects::nonNull)
                .toList();
        List<Long> recoveries = report.ownOutages().stream()
                .map(DayOutage::recoveryMs)
                .filter(Objects::nonNull)
                .toList();
        List<String> parts = new ArrayList<>();
        if (!detections.isEmpty()) {
            parts.add(Durations.text(median(detections)) + " from the first failed check to DOWN");
        }
        if (!recoveries.isEmpty()) {
            parts.add(Durations.text(median(recoveries)) + " from the first passed check to UP");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts) + " (median)");
    }

    /** The lower of the two in the middle, where there are two. */
    private static long median(List<Long> values) {
        return values.stream()
                .sorted()
                .skip((values.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Whether any check line tells of lags. */
    public boolean hasLags() {
        return lags().isPresent();
    }

    /** {@code 4 s / 2 s}: from the first failed check to DOWN, from the first that passed to UP. */
    public String lag(DayOutage outage) {
        return Durations.textOrDash(outage.detectionMs()) + " / " + Durations.textOrDash(outage.recoveryMs());
    }

    /** What of one node's sighting of an outage is told under it: only where it differs. */
    public List<DayOutage> differing(DayOutage outage) {
        return outage.byNode().stream().filter(seen -> differs(outage, seen)).toList();
    }

    private static boolean differs(DayOutage outage, DayOutage seen) {
        return !Objects.equals(outage.reason(), seen.reason())
                || !Objects.equals(outage.code(), seen.code())
                || !Objects.equals(outage.via(), seen.via())
                || Duration.between(outage.startedAt(), seen.startedAt()).compareTo(ALIKE) > 0
                || (outage.endedAt() == null) != (seen.endedAt() == null)
                || (outage.endedAt() != null
                        && seen.endedAt() != null
                        && Duration.between(seen.endedAt(), outage.endedAt()).compareTo(ALIKE) > 0);
    }

    /** {@code L7STS 503 “Service Unavailable”}, and via which server. */
    public String reason(DayOutage outage) {
        String via = outage.via() == null ? "" : " via " + outage.via();
        if (outage.reason() == null) {
            return via.isEmpty() ? Objects.requireNonNullElse(outage.reasonText(), "not logged") : via.strip();
        }
        return reason(outage.reason(), outage.code())
                + (outage.info() == null || outage.info().isEmpty() ? "" : " “" + outage.info() + "”")
                + via;
    }

    /** {@code L7STS 503}. */
    public String reason(String reason, @Nullable Integer code) {
        return code == null || code == 0 ? reason : reason + " " + code;
    }

    public String ended(DayOutage outage) {
        if (outage.endedAt() == null) {
            String still = outage.certain() ? "still down" : "uncertain";
            return report.knownUntil() == null ? still : "not in the log";
        }
        String by = Objects.requireNonNullElse(outage.endedBy(), "up");
        String at = times.at(outage.endedAt());
        return switch (by) {
            case "up" -> at;
            case "maintenance" -> at + " (maintenance)";
            case "removed" -> at + " (removed)";
            default -> at + " (then unknown)";
        };
    }

    /** As one node saw it: that its log has no end says little where others saw one. */
    public String ended(DayOutage seen, DayOutage outage) {
        return seen.endedAt() == null && outage.endedAt() != null ? "not in its log" : ended(seen);
    }

    /** {@code 12 min 4 s}; of an open outage so far. */
    public String lasted(DayOutage outage) {
        return Durations.text(outage.durationMs());
    }
}
