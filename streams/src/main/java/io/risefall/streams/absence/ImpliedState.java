package io.risefall.streams.absence;

import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ServerSnapshot;
import io.risefall.schemas.message.ServerSwitch;
import java.util.EnumSet;
import java.util.Set;

/** What a line about a server implies about the moment before it. Pure. */
public final class ImpliedState {
    private static final Set<Health> NOTHING = EnumSet.noneOf(Health.class);
    private static final Set<Health> IN_SERVICE = EnumSet.of(Health.UP, Health.DRAIN);
    private static final Set<Health> NOT_IN_MAINTENANCE = EnumSet.of(Health.UP, Health.DRAIN, Health.DOWN);

    private ImpliedState() {}

    /** The states of which the server had one; empty if the line implies nothing. */
    public static Set<Health> before(HealthMessage message) {
        if (message instanceof ServerSwitch line) {
            return before(line);
        }
        if (message instanceof ServerSnapshot line) {
            return line.up() ? IN_SERVICE : EnumSet.of(Health.DOWN, Health.MAINT);
        }
        if (message instanceof ObservedServer observed) {
            // A weight of 0 has no line, so what a line shows as UP can be told as drained.
            return observed.state() == Health.DRAIN ? IN_SERVICE : EnumSet.of(observed.state());
        }
        return message instanceof CheckResult line ? before(line) : NOTHING;
    }

    private static Set<Health> before(ServerSwitch line) {
        return switch (line.transition()) {
            // A server-state file calls maintenance DOWN too.
            case DOWN -> line.carriedOver() ? EnumSet.of(Health.DOWN, Health.MAINT) : IN_SERVICE;
            case STOPPING, MAINTENANCE -> IN_SERVICE;
            case UP -> NOT_IN_MAINTENANCE; // printed again when a slow start ends
            case MAINTENANCE_FROM_DOWN -> EnumSet.of(Health.DOWN);
            case LEAVES_FORCED_MAINTENANCE,
                    LEAVES_MAINTENANCE,
                    RESOLVES_AGAIN,
                    RESOLVES_REMAINS_MAINTENANCE,
                    LEAVES_FORCED_REMAINS_MAINTENANCE,
                    REMAINS_FORCED_MAINTENANCE -> EnumSet.of(Health.MAINT);
            case DRAIN -> {
                if (line.cut() || line.counts() == null) {
                    yield NOTHING;
                }
                // The sessions of a server that is DOWN are counted.
                yield EnumSet.of(line.counts().sessionsActive() != null ? Health.DOWN : Health.UP);
            }
            case LEAVES_FORCED_DRAIN, LEAVES_DRAIN ->
                Boolean.FALSE.equals(line.up()) ? EnumSet.of(Health.DOWN) : IN_SERVICE;
            case REMAINS_DRAIN, REMAINS_FORCED_DRAIN, LEAVES_FORCED_REMAINS_DRAIN -> NOTHING;
        };
    }

    /** Agents are asked in maintenance too, and only a switch line shows the effect. */
    private static Set<Health> before(CheckResult line) {
        if (line.agent() || line.state() == null) {
            return NOTHING;
        }
        boolean failed = line.outcome() == CheckResult.Outcome.FAILED;
        return switch (line.state()) {
            case UP -> failed ? IN_SERVICE : NOT_IN_MAINTENANCE; // the last success of a rise has UP
            case DRAIN -> failed ? IN_SERVICE : NOT_IN_MAINTENANCE;
            case DOWN -> failed ? NOT_IN_MAINTENANCE : EnumSet.of(Health.DOWN); // the last failure of a fall has DOWN
        };
    }

    /** Whether the line is either the last failure of a fall or a check of a server that is DOWN: the next line shows which. */
    public static boolean mayBeAFall(HealthMessage message) {
        return message instanceof CheckResult line
                && !line.agent()
                && line.state() == CheckResult.State.DOWN
                && line.outcome() == CheckResult.Outcome.FAILED;
    }
}
