package io.risefall.query.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** From the first failed check of a server that had all its lives until it has them again, and what it would have been. */
final class Episode {
    private final LoggedCheck first;
    private @Nullable LoggedCheck down;
    private @Nullable LoggedCheck up;
    private List<World> worlds = List.of();
    private @Nullable TimeRange upAt;
    private String doubt = "";
    private boolean over;

    Episode(LoggedCheck first) {
        this.first = first;
    }

    LoggedCheck first() {
        return first;
    }

    @Nullable LoggedCheck down() {
        return down;
    }

    void sees(LoggedCheck line) {
        if (line.down() && down == null && !line.passed()) {
            down = line;
        }
    }

    /** Why it cannot be told; the first reason counts. */
    void doubt(String why) {
        doubt = doubt.isEmpty() ? why : doubt;
    }

    /** @param last the check with which it ended; null: it was interrupted, or lasts */
    void end(List<World> then, @Nullable LoggedCheck last) {
        up = last;
        worlds = List.copyOf(then);
        over = last != null;
        up(then);
    }

    /** Takes the moment in which it is up again, once it is so in all worlds. */
    void up(List<World> now) {
        if (over && upAt == null && now.stream().allMatch(World::isUp)) {
            upAt = now.stream()
                    .map(World::upAt)
                    .filter(Objects::nonNull)
                    .reduce(TimeRange::or)
                    .orElse(null);
        }
    }

    Fate fate() {
        boolean all = worlds.stream().allMatch(World::wentDown);
        boolean none = worlds.stream().noneMatch(World::wentDown);
        if (worlds.isEmpty() || worlds.stream().anyMatch(World::blurred) || all == none) {
            return Fate.UNKNOWN;
        }
        if (none) {
            return down == null || over ? Fate.AVOIDED : Fate.UNKNOWN;
        }
        return down == null ? Fate.ADDED : Fate.KEPT;
    }

    /** Whether nothing happened, and nothing would have. */
    boolean isNothing() {
        return down == null && fate() == Fate.AVOIDED;
    }

    /** When it would have been seen DOWN; null: it would not, it would have been DOWN before, or it is not known. */
    @Nullable TimeRange downAt() {
        return worlds.stream().anyMatch(World::heldDown)
                ? null
                : worlds.stream()
                        .map(World::downAt)
                        .filter(Objects::nonNull)
                        .reduce(TimeRange::or)
                        .orElse(null);
    }

    private String why(int fall) {
        return switch (fate()) {
            case AVOIDED -> "a check passed before " + fall + " in a row had failed";
            case KEPT ->
                worlds.stream().anyMatch(World::heldDown)
                        ? "it would have been one with the outage before"
                        : first == down && fall > 1
                                ? "the first failed check after a start or maintenance is enough, whatever fall is"
                                : fall + " checks in a row failed";
            case ADDED -> fall + " checks in a row failed";
            case UNKNOWN ->
                !doubt.isEmpty()
                        ? doubt
                        : worlds.stream().noneMatch(World::wentDown)
                                ? "it was interrupted, or lasts, before it shows"
                                : "what was before it is not known";
        };
    }

    /** @param outage the one that it was; null: none */
    Prediction prediction(ServerLog log, @Nullable LoggedOutage outage, int fall) {
        Fate fate = fate();
        TimeRange seenDown = fate == Fate.KEPT || fate == Fate.ADDED ? downAt() : null;
        TimeRange seenUp = fate == Fate.KEPT || fate == Fate.ADDED ? upAt : null;
        Instant started = outage != null ? outage.startedAt() : seenDown != null ? seenDown.earliest() : first.at();
        // Of an outage in addition there is nothing to compare with.
        LoggedCheck wasDown = outage == null ? null : down;
        LoggedCheck wasUp = outage == null ? null : up;
        return new Prediction(
                outage == null ? null : outage.id(),
                log.node(),
                log.proxy(),
                log.server(),
                started,
                outage != null ? outage.endedAt() : seenUp == null ? null : seenUp.latest(),
                fate,
                later(seenDown, wasDown, TimeRange::leastAfter),
                later(seenDown, wasDown, TimeRange::mostAfter),
                later(seenUp, wasUp, TimeRange::leastAfter),
                later(seenUp, wasUp, TimeRange::mostAfter),
                why(fall),
                lines());
    }

    private static @Nullable Long later(
            @Nullable TimeRange would, @Nullable LoggedCheck was, BiFunction<TimeRange, Instant, Long> ms) {
        return would == null || was == null ? null : ms.apply(would, was.at());
    }

    private List<Prediction.Line> lines() {
        List<Prediction.Line> lines = new ArrayList<>();
        lines.add(Prediction.Line.of("first failure", first));
        if (down != null && down != first) {
            lines.add(Prediction.Line.of("down", down));
        }
        if (up != null) {
            lines.add(Prediction.Line.of("up", up));
        }
        return lines;
    }
}
