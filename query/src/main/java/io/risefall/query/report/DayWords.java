package io.risefall.query.report;

import io.risefall.query.report.DayReport.OutageOfDay;
import io.risefall.query.report.DayReport.Server;
import io.risefall.schemas.Health;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The phrases of a day's report that text, Markdown and HTML share. */
public final class DayWords {
    private final DayReport report;
    private final LocalTimes times;
    private final List<Advice> advice;
    private final Map<String, Integer> adviceOn = new HashMap<>();

    DayWords(DayReport report) {
        this.report = report;
        this.advice = Advice.of(report.ownOutages());
        advice.forEach(one -> one.outages().forEach(outage -> adviceOn.put(outage.id(), one.number())));
        this.times = new LocalTimes(report.day(), report.zone());
    }

    public LocalTimes times() {
        return times;
    }

    /** {@code HAProxy health on Monday 3 November 2025}. */
    public String title() {
        return "HAProxy health on " + times.longDay();
    }

    /** {@code 00:00 to 24:00 Europe/Berlin, 25 h}. */
    public String period() {
        return times.full(report.from()) + " to " + times.full(report.to()) + " (" + Durations.words(report.periodMs())
                + (report.isRunning() ? " so far" : "") + ", zone "
                + report.zone().getId() + ")";
    }

    public String covered() {
        if (report.coveredFrom() == null || report.coveredTo() == null) {
            return "nothing";
        }
        return times.at(report.coveredFrom()) + " to " + times.at(report.coveredTo()) + " ("
                + Durations.words(report.coveredMs()) + "); "
                + report.fleet().time().coverageWords() + " of all server time is known";
    }

    /** {@code 13: 10 up, 2 down, 1 in maintenance}. */
    public String serversAtEnd() {
        DayReport.AtEnd atEnd = report.fleet().atEnd();
        List<String> parts = new ArrayList<>();
        part(parts, atEnd.down(), "down");
        part(parts, atEnd.up(), "up");
        part(parts, atEnd.maint(), "in maintenance");
        part(parts, atEnd.drain(), "draining");
        part(parts, atEnd.unknown(), "unknown");
        String nodes = report.hasManyNodes() ? ", seen by " + report.fleet().nodes() + " nodes" : "";
        return parts.isEmpty() ? "none seen" : String.join(", ", parts) + " " + whenEnd() + nodes;
    }

    /** {@code now}, {@code at the end of the day} or {@code when the log ended}. */
    public String whenEnd() {
        return report.knownUntil() != null
                ? "when the log ended"
                : report.isRunning() ? "now" : "at the end of the day";
    }

    public String availability() {
        Times time = report.fleet().time();
        String bounds = time.boundsWords();
        return time.availabilityWords()
                + (bounds.isEmpty()
                        ? ""
                        : " of the known time; " + bounds + " if the unknown time is counted as down or up");
    }

    public String outages() {
        DayReport.Fleet fleet = report.fleet();
        if (fleet.outages() == 0) {
            return "none";
        }
        int before = fleet.outages() - fleet.begun();
        return fleet.outages() + (before == 0 ? "" : " (" + before + " from the day before)") + "; longest "
                + Durations.wordsOrDash(fleet.longestMs()) + "; mean time to repair "
                + Durations.wordsOrDash(fleet.mttrMs());
    }

    /** How long HAProxy takes to believe its checks, in the middle of this day's outages; empty where none tells. */
    Optional<String> lags() {
        List<Long> detections = report.ownOutages().stream()
                .map(OutageOfDay::detectionMs)
                .filter(Objects::nonNull)
                .toList();
        List<Long> recoveries = report.ownOutages().stream()
                .map(OutageOfDay::recoveryMs)
                .filter(Objects::nonNull)
                .toList();
        List<String> parts = new ArrayList<>();
        if (!detections.isEmpty()) {
            parts.add(Durations.words(median(detections)) + " from the first failed check to DOWN");
        }
        if (!recoveries.isEmpty()) {
            parts.add(Durations.words(median(recoveries)) + " from the first that passes to UP");
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
    public String lag(OutageOfDay outage) {
        return Durations.wordsOrDash(outage.detectionMs()) + " / " + Durations.wordsOrDash(outage.recoveryMs());
    }

    /** A server's name, with the node where several speak. */
    public String server(String node, String name) {
        return report.hasManyNodes() ? name + " on " + node : name;
    }

    /** {@code L7STS 503 “Service Unavailable”}, and via which server. */
    public String reason(OutageOfDay outage) {
        String via = outage.via() == null ? "" : " via " + outage.via();
        if (outage.reason() == null) {
            return via.isEmpty() ? Objects.requireNonNullElse(outage.reasonText(), "not said") : via.strip();
        }
        return reason(outage.reason(), outage.code())
                + (outage.info() == null || outage.info().isEmpty() ? "" : " “" + outage.info() + "”")
                + via;
    }

    /** {@code L7STS 503}. */
    public String reason(String reason, @Nullable Integer code) {
        return code == null || code == 0 ? reason : reason + " " + code;
    }

    public String ended(OutageOfDay outage) {
        if (outage.endedAt() == null) {
            String still = outage.certain() ? "still down" : "not certain";
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

    /** {@code 12 min 4 s}; of an open outage so far. */
    public String lasted(OutageOfDay outage) {
        return Durations.words(outage.durationMs());
    }

    public String state(Health state) {
        return switch (state) {
            case UP -> "up";
            case DOWN -> "down";
            case MAINT -> "maintenance";
            case DRAIN -> "drain";
            case UNKNOWN -> "unknown";
        };
    }

    /** Servers that were not just up, worst first. */
    public List<Server> troubled() {
        return report.services().stream().filter(server -> !server.isQuiet()).toList();
    }

    /** Outages that last to the end of the period. */
    public List<OutageOfDay> open() {
        return report.ownOutages().stream()
                .filter(outage -> outage.endedAt() == null || !outage.endedAt().isBefore(report.dayEnd()))
                .toList();
    }

    /** What to do about all outages, the worst first. */
    public List<Advice> advice() {
        return advice;
    }

    /** Those that last, by backend and cause; their numbers are those of {@link #advice}. */
    public List<Advice> openAdvice() {
        return Advice.of(open()).stream()
                .map(one -> new Advice(adviceOn(one.worst()), one.servers(), one.worst(), one.outages()))
                .toList();
    }

    /** The number of the advice on an outage. */
    public int adviceOn(OutageOfDay outage) {
        return Objects.requireNonNull(adviceOn.get(outage.id()), outage.id());
    }

    /** {@code 2 950 more servers were up all the time}, and of how many others that is not known. */
    public String rest() {
        List<Server> quiet = report.services().stream().filter(Server::isQuiet).toList();
        long sure =
                quiet.stream().filter(server -> server.time().unknownMs() == 0).count();
        long unsure = quiet.size() - sure;
        List<String> parts = new ArrayList<>();
        if (sure > 0) {
            parts.add(Verdicts.grouped(sure) + (sure == 1 ? " more server was" : " more servers were")
                    + " up all the time");
        }
        if (unsure > 0) {
            parts.add(Verdicts.grouped(unsure) + (sure > 0 ? "" : " more") + (unsure == 1 ? " was" : " were")
                    + " never seen down, but not known all the time");
        }
        return parts.isEmpty() ? "" : String.join("; ", parts) + ".";
    }

    public String duration(long millis) {
        return Durations.words(millis);
    }

    public String grouped(long count) {
        return Verdicts.grouped(count);
    }

    private static void part(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(Verdicts.grouped(count) + " " + what);
        }
    }
}
