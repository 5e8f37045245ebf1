package io.risefall.streams.backend;

import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import org.jspecify.annotations.Nullable;

/**
 * How a server stands as far as HAProxy's counts go: only {@link #UP} is counted among the active or backup servers. From
 * {@code srv_update_status} in {@code server.c}, which prints the lines and counts.
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

    /** After a switch line; null where the line is cut before it says. */
    static @Nullable CountedStatus after(@Nullable CountedStatus before, ServerSwitch said) {
        boolean drains = before == DRAIN || before == DRAIN_DOWN;
        return switch (said.transition()) {
            case DOWN -> drains ? DRAIN_DOWN : DOWN;
            case UP -> drains ? DRAIN : UP;
            case STOPPING -> drains ? DRAIN : STOPPING;
            case MAINTENANCE_FROM_DOWN,
                    MAINTENANCE,
                    RESOLVES_REMAINS_MAINTENANCE,
                    LEAVES_FORCED_REMAINS_MAINTENANCE,
                    REMAINS_FORCED_MAINTENANCE -> MAINT;
            case LEAVES_FORCED_MAINTENANCE, LEAVES_MAINTENANCE, RESOLVES_AGAIN, LEAVES_FORCED_DRAIN, LEAVES_DRAIN -> {
                if (said.up() == null) {
                    yield null;
                }
                if (Boolean.TRUE.equals(said.drain())) {
                    yield said.up() ? DRAIN : DRAIN_DOWN;
                }
                yield said.up() ? UP : DOWN;
            }
            case DRAIN, REMAINS_DRAIN, REMAINS_FORCED_DRAIN, LEAVES_FORCED_REMAINS_DRAIN ->
                before == DOWN || before == DRAIN_DOWN ? DRAIN_DOWN : DRAIN;
        };
    }

    /**
     * Whether HAProxy counted the server before this line, going by its words: each of them is only printed of a server
     * that stood in some ways. What it was before leaves open what the words do.
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
     * Whether what was known before can be right against the words: the line may say again what was said (by another log
     * target, or at the end of a slow start), or the server may have left maintenance with a line that changed no count.
     */
    static boolean canStillBeRight(CountedStatus before, CountedStatus after, Transition transition) {
        return before == after
                || (before == MAINT
                        && (transition == Transition.DOWN
                                || transition == Transition.STOPPING
                                || transition == Transition.DRAIN));
    }
}
