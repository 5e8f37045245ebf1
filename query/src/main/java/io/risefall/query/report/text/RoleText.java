package io.risefall.query.report.text;

import io.risefall.query.report.model.Level;
import io.risefall.query.report.model.RoleDay;
import io.risefall.query.report.model.RoleDay.Standby;
import io.risefall.query.report.model.Verdict;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of role backends, in words that all formats share. */
public final class RoleText {
    private static final int MOST_NAMES = 3;

    private final List<RoleDay> roles;

    public RoleText(List<RoleDay> roles) {
        this.roles = roles;
    }

    /** The verdict, with what happened to leaders. */
    public Verdict with(Verdict verdict) {
        List<String> parts = new ArrayList<>();
        roles.stream()
                .filter(role ->
                        !role.leaderless().isEmpty() || !role.failovers().isEmpty())
                .limit(MOST_NAMES)
                .forEach(role -> parts.add(happened(role)));
        if (parts.isEmpty()) {
            return verdict;
        }
        boolean lacked = roles.stream().anyMatch(role -> !role.leaderless().isEmpty());
        return new Verdict(
                lacked && verdict.level() != Level.DOWN ? Level.TROUBLE : verdict.level(),
                verdict.sentence() + " " + String.join("; ", parts) + ".",
                verdict.more());
    }

    private static String happened(RoleDay role) {
        List<String> what = new ArrayList<>();
        if (!role.leaderless().isEmpty()) {
            what.add("was without a leader for " + Durations.text(role.leaderlessMs()));
        }
        if (!role.failovers().isEmpty()) {
            what.add("had " + Counts.plural(role.failovers().size(), "failover"));
        }
        return role.proxy() + " " + String.join(" and ", what);
    }

    /** {@code 2; one has no leader}: a line of the day's numbers. */
    public String number() {
        long failovers =
                roles.stream().mapToLong(role -> role.failovers().size()).sum();
        long leaderless = roles.stream().mapToLong(RoleDay::leaderlessMs).sum();
        return roles.size() + ": " + Counts.plural(failovers, "failover") + ", "
                + (leaderless == 0 ? "never" : Durations.text(leaderless))
                + " without a leader; each counts as one server that is up while it has a leader";
    }

    /** Who leads. */
    public String leader(RoleDay role) {
        if (role.leader() != null) {
            return role.leader();
        }
        return switch (role.leadership()) {
            case "leaderless" -> "none";
            case "several" -> "more than one";
            case "unseen" -> "not named in the log";
            default -> "unknown";
        };
    }

    /** {@code pg2 L7STS 503, pg3 L4CON}. */
    public String standbys(RoleDay role) {
        return role.standbys().isEmpty()
                ? "none"
                : role.standbys().stream().map(RoleText::standby).collect(Collectors.joining(", "));
    }

    private static String standby(Standby standby) {
        String code = standby.code() == null || standby.code() == 0 ? "" : " " + standby.code();
        return standby.server() + (standby.reason() == null ? "" : " " + standby.reason() + code);
    }

    /** What DOWN means there, which of them are assumed, and how to say otherwise. */
    public String note() {
        String all = "By design, only one server is up at a time. The others are standbys, which do not count as"
                + " outages. Availability is the time with a leader.";
        List<String> assumed = roles.stream()
                .filter(RoleDay::isAssumed)
                .map(RoleDay::proxy)
                .distinct()
                .toList();
        if (assumed.isEmpty()) {
            return all;
        }
        return all + " For " + String.join(", ", assumed)
                + " this is assumed, because it was always so in the log. To confirm, use --role-backend "
                + assumed.get(0) + "; to deny, use --role-backend '!" + assumed.get(0) + "'.";
    }
}
