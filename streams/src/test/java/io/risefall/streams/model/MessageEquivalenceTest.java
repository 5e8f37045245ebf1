package io.risefall.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.Severity;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.streams.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of a message that was cut, only the rest is compared. */
class MessageEquivalenceTest {
    private static final CheckReason REASON = new CheckReason(CheckStatus.L7STS, 500, "x", 12L);
    private static final ServerCounts COUNTS = new ServerCounts(1, 2, false, 3L, 4L, 5L);
    private static final ServerSwitch DOWN = down("s1", Transition.DOWN, null, null, REASON, COUNTS, false);
    private static final CheckResult FAILED =
            check(false, CheckResult.Outcome.FAILED, REASON, 0, 2, CheckResult.State.DOWN, false);

    @Test
    void aCutSwitchLineIsTheSameIfWhatItHasIs() {
        for (ServerSwitch cut : List.of(
                down("s1", Transition.DOWN, null, null, null, null, true),
                down("s1", Transition.DOWN, null, null, REASON, null, true),
                down(
                        "s1",
                        Transition.DOWN,
                        null,
                        null,
                        new CheckReason(CheckStatus.L7STS, null, null, null),
                        null,
                        true),
                down(
                        "s1",
                        Transition.DOWN,
                        null,
                        null,
                        new CheckReason(CheckStatus.L7STS, 500, null, 12L),
                        COUNTS,
                        true))) {
            assertSame(cut, DOWN, true);
        }
        for (ServerSwitch other : List.of(
                down("s2", Transition.DOWN, null, null, null, null, true),
                down("s1", Transition.UP, null, null, null, null, true),
                down("s1", Transition.DOWN, null, null, null, new ServerCounts(1, 1, false, 3L, 4L, 5L), true),
                down(
                        "s1",
                        Transition.DOWN,
                        null,
                        null,
                        new CheckReason(CheckStatus.L4CON, null, null, null),
                        null,
                        true),
                down(
                        "s1",
                        Transition.DOWN,
                        null,
                        null,
                        new CheckReason(CheckStatus.L7STS, 503, null, null),
                        null,
                        true),
                down(
                        "s1",
                        Transition.DOWN,
                        null,
                        null,
                        new CheckReason(CheckStatus.L7STS, 500, null, 13L),
                        null,
                        true))) {
            assertSame(other, DOWN, false);
        }
    }

    @Test
    void leavingMaintenanceIntoOneStateIsNotIntoAnother() {
        ServerSwitch ready = down("s1", Transition.LEAVES_MAINTENANCE, true, false, null, null, false);
        assertSame(down("s1", Transition.LEAVES_MAINTENANCE, true, false, null, null, true), ready, true);
        assertSame(down("s1", Transition.LEAVES_MAINTENANCE, null, null, null, null, true), ready, true);
        assertSame(down("s1", Transition.LEAVES_MAINTENANCE, false, false, null, null, true), ready, false);
        assertSame(down("s1", Transition.LEAVES_MAINTENANCE, true, true, null, null, true), ready, false);
    }

    @Test
    void aCutCheckLineIsTheSameIfWhatItHasIs() {
        for (CheckResult cut : List.of(
                check(false, CheckResult.Outcome.FAILED, null, null, null, null, true),
                check(false, CheckResult.Outcome.FAILED, REASON, 0, null, null, true),
                check(false, CheckResult.Outcome.FAILED, REASON, 0, 2, CheckResult.State.DOWN, true))) {
            assertSame(cut, FAILED, true);
        }
        for (CheckResult other : List.of(
                check(true, CheckResult.Outcome.FAILED, null, null, null, null, true),
                check(false, CheckResult.Outcome.SUCCEEDED, null, null, null, null, true),
                check(
                        false,
                        CheckResult.Outcome.FAILED,
                        new CheckReason(CheckStatus.L4CON, null, null, null),
                        null,
                        null,
                        null,
                        true),
                check(false, CheckResult.Outcome.FAILED, REASON, 1, null, null, true),
                check(false, CheckResult.Outcome.FAILED, REASON, 0, 3, null, true),
                check(false, CheckResult.Outcome.FAILED, REASON, 0, 2, CheckResult.State.UP, true))) {
            assertSame(other, FAILED, false);
        }
        assertSame(check(false, CheckResult.Outcome.FAILED, null, null, null, null, true), DOWN, false);
    }

    @Test
    void wholeMessagesAreTheSameOnlyIfTheyAreEqual() {
        assertSame(DOWN, down("s1", Transition.DOWN, null, null, REASON, COUNTS, false), true);
        assertSame(DOWN, down("s1", Transition.DOWN, null, null, null, null, false), false);
        assertSame(FAILED, check(false, CheckResult.Outcome.FAILED, REASON, 0, null, null, false), false);
        assertSame(new BackendEmpty("b", "backend"), new BackendEmpty("b", "backend", BackendEmpty.QUOTED), true);
        assertSame(new BackendEmpty("b", "backend"), DOWN, false);
    }

    @Test
    void aLineIsCompletedByItsDuplicate() {
        HealthMessage cut = down("s1", Transition.DOWN, null, null, null, null, true);
        Line shorter = new Line(Story.at("5"), null, null, cut);
        Line whole = new Line(Story.at("6"), 7L, Severity.ALERT, DOWN);
        assertThat(shorter.completedBy(whole)).isEqualTo(new Line(Story.at("5"), 7L, Severity.ALERT, DOWN));
        assertThat(whole.completedBy(shorter)).isEqualTo(whole);
        Line other = new Line(Story.at("6"), 8L, Severity.INFO, cut);
        assertThat(whole.completedBy(other)).isEqualTo(whole);
    }

    @Test
    void whatATimeWasTakenFrom() {
        assertThat(new Line(Story.at("5"), 1L, null, DOWN).precision()).isEqualTo(TimestampPrecision.WHOLE);
        assertThat(new Line(Story.at("5.1"), 1L, null, DOWN).precision()).isEqualTo(TimestampPrecision.FRACTIONS);
        assertThat(TimestampPrecision.WHOLE.latest(Story.at("5"))).isEqualTo(Story.at("6"));
        assertThat(TimestampPrecision.RECEIVED.earliest(Story.at("5"))).isEqualTo(Story.at("4"));
        assertThat(TimestampPrecision.FRACTIONS.earliest(Story.at("5"))).isEqualTo(Story.at("5"));
    }

    @Test
    void inTheMomentOfAReloadTheOldProcessCameFirst() {
        StateInput reload = new StateInput.ProcessReplaced(Story.at("5"), 1, 2);
        assertThat(reload.isAfter(Story.at("5"), 1L)).isTrue();
        assertThat(reload.isAfter(Story.at("5"), 2L)).isFalse();
        assertThat(reload.isAfter(Story.at("5"), null)).isFalse();
        assertThat(reload.isAfter(Story.at("4.9"), 2L)).isTrue();
        assertThat(reload.isAfter(Story.at("5.1"), 1L)).isFalse();
        assertThat(new StateInput.ProcessReplaced(Story.at("5"), 1, 1).isAfter(Story.at("5"), 1L))
                .isFalse();
        assertThat(new StateInput.ProxyStopped(Story.at("5")).isAfter(Story.at("5"), 1L))
                .isFalse();
    }

    private static void assertSame(HealthMessage one, HealthMessage other, boolean expected) {
        assertThat(MessageEquivalence.same(one, other))
                .as("%s and %s", one, other)
                .isEqualTo(expected);
        assertThat(MessageEquivalence.same(other, one))
                .as("%s and %s", other, one)
                .isEqualTo(expected);
    }

    private static ServerSwitch down(
            String server,
            Transition transition,
            Boolean up,
            Boolean drain,
            CheckReason reason,
            ServerCounts counts,
            boolean cut) {
        ServerName name = new ServerName("web", server);
        return new ServerSwitch(
                name, false, transition, up, drain, null, null, reason, null, null, counts, cut, cut ? "tail" : null);
    }

    private static CheckResult check(
            boolean agent,
            CheckResult.Outcome outcome,
            CheckReason reason,
            Integer health,
            Integer threshold,
            CheckResult.State state,
            boolean cut) {
        return new CheckResult(
                Story.SERVER, false, agent, outcome, reason, health, threshold, state, cut, cut ? "tail" : null);
    }
}
