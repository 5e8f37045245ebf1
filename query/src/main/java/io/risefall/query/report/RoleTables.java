package io.risefall.query.report;

import io.risefall.query.report.DayTables.Column;
import io.risefall.query.report.DayTables.Table;
import java.util.List;

/** Role backends as tables of words, for text and Markdown. */
final class RoleTables {
    private final DayReport report;
    private final DayWords words;
    private final RoleWords roles;

    RoleTables(DayReport report, DayWords words) {
        this.report = report;
        this.words = words;
        this.roles = new RoleWords(report.roles());
    }

    Table backends() {
        return new Table(
                "Backends with a leader",
                List.of(
                        new Column("backend", false, 16),
                        new Column("leader", false, 14),
                        new Column("since", false, 10),
                        new Column("failovers", true, 9),
                        new Column("no leader", true, 11),
                        new Column("availability", true, 12),
                        new Column("standbys", false, 16)),
                report.roles().stream()
                        .map(role -> List.of(
                                words.server(role.nodes(), role.proxy()),
                                roles.leader(role),
                                words.times().atOrDash(role.since()),
                                String.valueOf(role.failovers().size()),
                                Durations.words(role.leaderlessMs()),
                                role.time().availabilityWords(),
                                roles.standbys(role)))
                        .toList(),
                report.roles().isEmpty() ? "" : roles.note());
    }

    Table failovers() {
        return new Table(
                "Failovers",
                List.of(
                        new Column("at", false, 19),
                        new Column("backend", false, 22),
                        new Column("from", false, 16),
                        new Column("to", false, 16),
                        new Column("no leader for", true, 13)),
                report.roles().stream()
                        .flatMap(role -> role.failovers().stream()
                                .map(failover -> List.of(
                                        words.times().at(failover.at()),
                                        words.server(role.nodes(), role.proxy()),
                                        failover.fromServer(),
                                        failover.toServer(),
                                        Durations.words(failover.leaderlessMs()))))
                        .toList(),
                "");
    }

    Table leaderless() {
        return new Table(
                "Times without leader",
                List.of(
                        new Column("backend", false, 30),
                        new Column("from", false, 19),
                        new Column("to", false, 19),
                        new Column("lasted", true, 14)),
                report.roles().stream()
                        .flatMap(role -> role.leaderless().stream()
                                .map(stretch -> List.of(
                                        words.server(role.nodes(), role.proxy()),
                                        words.times().at(stretch.from()),
                                        words.times().atOrDash(stretch.to()),
                                        Durations.words(stretch.durationMs()))))
                        .toList(),
                "");
    }
}
