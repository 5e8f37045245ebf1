package io.risefall.query.report;

import static io.risefall.query.report.ExampleDays.BERLIN;
import static io.risefall.query.report.ExampleDays.DAY;
import static io.risefall.query.report.ExampleDays.LATER;
import static io.risefall.query.report.ExampleDays.REFUSED;
import static io.risefall.query.report.ExampleDays.STATUS_503;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.model.RoleDay;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.report.text.Advice;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.RoleText;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a role backend the time with a leader counts, and a standby is no outage. */
@Slow
class RoleReportTest {
    @Test
    void aFailoverIsSaidInsteadOfThreeOutages() throws Exception {
        DayReport report = report(DAY, null, ExampleDays.leaders());

        assertThat(report.verdict().level()).isEqualTo(Level.TROUBLE);
        assertThat(report.verdict().sentence())
                .isEqualTo("1 outage on 1 of 3 servers, be_web/web1 (10 min). None was down at the end of the day."
                        + " be_pg was without a leader for 9.250 s and had 1 failover.");
        assertThat(report.roles()).hasSize(1);
        RoleDay role = report.roles().get(0);
        assertThat(role.isAssumed()).isTrue();
        assertThat(role.leader()).isEqualTo("pg2");
        assertThat(role.time()).isEqualTo(new StateDurations(Duration.ofDays(1).toMillis() - 9_250, 9_250, 0, 0, 0));
        assertThat(role.standbys())
                .extracting(standby -> standby.server() + " " + standby.reason())
                .containsExactly("pg1 L4CON", "pg3 L7STS");
    }

    @Test
    void standbysAreInTheJsonAndCountNowhere() throws Exception {
        DayReport report = report(DAY, null, ExampleDays.leaders());

        assertThat(report.servers()).hasSize(5);
        assertThat(report.outages()).extracting(DayOutage::role).containsExactly(true, true, true, false);
        assertThat(report.ownOutages()).extracting(DayOutage::name).containsExactly("be_web/web1");
        assertThat(report.fleet().outages()).isEqualTo(1);
        assertThat(report.services())
                .extracting(ServerDay::name)
                .containsExactly("be_web/web1", "be_pg/(leader)", "be_web/web2");
        assertThat(report.fleet().time().downMs())
                .isEqualTo(Duration.ofMinutes(10).toMillis() + 9_250);
        assertThat(new DayText(report).advice()).extracting(Advice::servers).containsExactly("be_web/web1");
        assertThat(report.caveats()).noneMatch(caveat -> caveat.contains("be_pg"));
    }

    @Test
    void aWishTurnsItOffAndOn() throws Exception {
        DayReport off = report(DAY, new RolePatterns(List.of("!be_*")), ExampleDays.leaders());
        DayReport on = report(DAY, new RolePatterns(List.of("be_pg")), ExampleDays.leaders());

        assertThat(off.roles()).isEmpty();
        assertThat(off.ownOutages()).hasSize(4);
        assertThat(off.ownBackends()).hasSize(1);
        assertThat(on.roles()).extracting(RoleDay::how).containsExactly("set");
        assertThat(on.ownBackends()).isEmpty();
        assertThat(new RoleText(on.roles()).note()).doesNotContain("assumed");
        assertThat(new RoleText(report(DAY, null, ExampleDays.leaders()).roles()).note())
                .contains("assumed", "--role-backend '!be_pg'");
    }

    @Test
    void theDayBeforeHadAnotherLeader() throws Exception {
        DayReport report = report(DAY.minusDays(1), null, ExampleDays.leaders());

        RoleDay role = report.roles().get(0);
        assertThat(role.leader()).isEqualTo("pg1");
        assertThat(role.failovers()).isEmpty();
        assertThat(role.leaderless()).isEmpty();
        assertThat(role.time().unknownMs()).isEqualTo(Duration.ofHours(8).toMillis());
        assertThat(role.severalMs()).isEqualTo(2_000);
        assertThat(report.verdict().sentence()).isEqualTo("No outage of 3 servers in the 16 h that the log covers.");
    }

    @Test
    void withoutLeaderAtTheEndIsDown() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        history.server("be_pg/pg1").up("-1 08:00").down("23:00", REFUSED).open();
        history.server("be_pg/pg2").down("-1 08:00:01", STATUS_503).open();
        history.backendEmpty("be_pg", "23:00", null);

        DayReport report = report(DAY, new RolePatterns(List.of("be_pg")), history);

        assertThat(report.verdict().level()).isEqualTo(Level.DOWN);
        assertThat(report.verdict().sentence())
                .isEqualTo("1 of 1 server was down at the end of the day: be_pg/(leader). be_pg was without a"
                        + " leader for 1 h.");
        assertThat(report.services()).extracting(ServerDay::state).containsExactly(Health.DOWN);
        assertThat(new RoleText(report.roles()).leader(report.roles().get(0))).isEqualTo("none");
    }

    @Test
    void whatLooksLikeARoleButNeverChangedIsAskedFor() throws Exception {
        History history = new History("lb1", DAY, BERLIN);
        history.server("be_pg/pg1").up("-1 08:00").open();
        history.server("be_pg/pg2")
                .up("-1 08:00")
                .down("-1 08:00:01", STATUS_503)
                .open();
        history.server("be_web/web1").up("-1 08:00").open();
        history.server("be_web/web2")
                .up("-1 08:00")
                .down("-1 08:00:01", REFUSED)
                .open();

        DayReport asked = report(DAY, null, history);

        assertThat(asked.roles()).isEmpty();
        assertThat(asked.caveats())
                .filteredOn(caveat -> caveat.contains("--role-backend"))
                .singleElement()
                .asString()
                .startsWith("In be_pg, one server was up")
                .contains("--role-backend be_pg");
        assertThat(report(DAY, new RolePatterns(List.of("be_pg")), history).caveats())
                .noneMatch(caveat -> caveat.contains("--role-backend"));
    }

    private static DayReport report(LocalDate day, RolePatterns wished, History history) throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(history);
                Connection views = warehouse.views()) {
            return DayReports.of(views, DayRequest.of(day, BERLIN).withRoles(wished), LATER, false);
        }
    }
}
