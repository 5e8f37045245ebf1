package io.risefall.query.page.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.risefall.query.page.PageRange;
import io.risefall.query.report.render.TimeAxis;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Zoom and moves are addresses, which keep the filters. */
class TimelineQuestionTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    @Test
    void zoomKeepsTheMiddle() {
        TimelineQuestion hours = asked(NOON, Duration.ofHours(4));
        assertThat(hours.in())
                .isEqualTo("/timeline?from=2026-11-23T13:00:00Z&to=2026-11-23T15:00:00Z&match=a%26b%2F%22");
        assertThat(hours.out(NOW)).startsWith("/timeline?from=2026-11-23T10:00:00Z&to=2026-11-23T18:00:00Z&match=");
    }

    @Test
    void theFutureIsNotShown() {
        TimelineQuestion hours = asked(NOON, Duration.ofHours(4));
        Instant soon = NOON.plus(Duration.ofHours(5));
        assertThat(hours.after(soon)).startsWith("/timeline?from=2026-11-23T13:00:00Z&to=2026-11-23T17:00:00Z");
        assertThat(hours.after(NOON.plus(Duration.ofHours(4)))).isEmpty();
        assertThat(hours.before()).startsWith("/timeline?from=2026-11-23T08:00:00Z&to=2026-11-23T12:00:00Z");
        assertThat(hours.out(NOON.plus(Duration.ofHours(4))))
                .startsWith("/timeline?from=2026-11-23T08:00:00Z&to=2026-11-23T16:00:00Z");
    }

    @Test
    void zoomEndsAtAYearAndAtSeconds() {
        assertThat(asked(NOON.minus(Duration.ofDays(300)), Duration.ofDays(300)).out(NOW))
                .isEmpty();
        assertThat(asked(NOON, Duration.ofSeconds(15)).in()).isEmpty();
    }

    @Test
    void piecesOfTheAxisCoverItAndLeadIntoIt() {
        TimelineQuestion day = asked(NOON, Duration.ofHours(24));
        TimeAxis axis = new TimeAxis(day.range().from(), day.range().to(), ZoneOffset.UTC);
        var pieces = AxisPiece.of(day, axis.ticks(at -> Optional.empty()), ZoneOffset.UTC);
        assertThat(pieces.stream().mapToDouble(AxisPiece::width).sum()).isCloseTo(100, within(1e-6));
        assertThat(pieces.get(0).address()).startsWith("/timeline?from=2026-11-23T12:00:00Z&to=2026-11-23T14:00:00Z");
    }

    private static TimelineQuestion asked(Instant from, Duration length) {
        return new TimelineQuestion(new PageRange(from, from.plus(length), ""), "", "", "a&b/\"", 0, "");
    }
}
