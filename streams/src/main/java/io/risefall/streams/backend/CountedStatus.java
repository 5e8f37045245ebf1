package io.risefall.streams.backend;

import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import org.jspecify.annotations.Nullable;

/**
 * The status of a server in HAProxy's counts: only {@link #UP} is counted among the active or backup servers. From {@code
 * srv_update_status} in {@code server.c}, which prints the lines and counts.
 */
enum CountedStatus {
    UP,
    DOWN,
    STOPPING,
    MAINT,
    /** An operator or agent wants it to drain, and its health is good. */
    DRAIN,
    DRAIN_DOWN;

    boolean usable() {
        return this == UP;
    }

    /** The status after a switch line; null if the line is cut too short. */
    static @Nullable CountedStatus after(@Nullable CountedStatus before, ServerSwitch change) {
        boolean drains = before == DRAIN || before == DRAIN_DOWN;
        return switch (change.transition()) {
            case DOWN -> drains ? DRAIN_DOWN : DOWN;
            case UP -> drains ? DRAIN : UP;
            case STOPPING -> drains ? DRAIN : STOPPING;
            case MAINTENANCE_FROM_DOWN,
                    MAINTENANCE,
                    RESOLVES_REMAINS_MAINTENANCE,
                    LEAVES_FORCED_REMAINS_MAINTENANCE,
                    REMAINS_FORCED_MAINTENANCE -> MAINT;
            case LEAVES_FORCED_MAINTENANCE, LEAVES_MAINTENANCE, RESOLVES_AGAIN, LEAVES_FORCED_DRAIN, LEAVES_DRAIN -> {
                if (change.up() == null) {
                    yield null;
                }
                if (Boolean.TRUE.equals(change.drain())) {
                    yield change.up() ? DRAIN : DRAIN_DOWN;
                }
                yield change.up() ? UP : DOWN;
            }
            case DRAIN, REMAINS_DRAIN, REMAINS_FORCED_DRAIN, LEAVES_FORCED_REMAINS_DRAIN ->
                before == DOWN || before == DRAIN_DOWN ? DRAIN_DOWN : DRAIN;
        };
    }

    /**
     * Whether HAProxy counted the server before this line, as its wording implies: HAProxy prints each wording only for servers
     * of certain statuses. The known status decides where the wording leaves it open.
     */
    static boolean wasUsable(@Nullable CountedStatus before, Transition transition) {
        boolean maybe = before == null || before == UP || before == MAINT;
        return switch (transition) {
            case DOWN, MAINTENANCE -> maybe || before == DOWN;
            case STOPPING, DRAIN -> maybe;
            default -> false;
        };
    }

    /**
     * Whether the known status can be right although the wording implies another: the line may be a repeat (of another log
     * target, or at the end of a slow start), or the server may have left maintenance by a line that changed no count.
     */
    static boolean canStillBeRight(CountedStatus before, CountedStatus after, Transition transition) {
        return before == after
                || (before == MAINT
                        && (transition == Transition.DOWN
                                || transition == Transition.STOPPING
                                || transition == Transition.DRAIN));
    }
}
