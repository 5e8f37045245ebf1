package io.risefall.streams.absence;

import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSnapshot;
import io.risefall.schemas.message.ServerSwitch;
import java.util.EnumSet;
import java.util.Set;

/** What a line about a server tells of the moment before it. Pure. */
public final class ImpliedState {
    private static final Set<Health> NOTHING = EnumSet.noneOf(Health.class);
    private static final Set<Health> IN_SERVICE = EnumSet.of(Health.UP, Health.DRAIN);
    private static final Set<Health> NOT_IN_MAINTENANCE = EnumSet.of(Health.UP, Health.DRAIN, Health.DOWN);

    private ImpliedState() {}

    /** The states of which the server had one; empty where the line tells nothing of it. */
    public static Set<Health> before(HealthMessage message) {
        if (message instanceof ServerSwitch said) {
            return before(said);
        }
        if (message instanceof ServerSnapshot said) {
            return said.up() ? IN_SERVICE : EnumSet.of(Health.DOWN, Health.MAINT);
        }
        return message instanceof CheckResult said ? before(said) : NOTHING;
    }

    private static Set<Health> before(ServerSwitch said) {
        return switch (said.transition()) {
            // A server-state file's DOWN is also what was in maintenance.
            case DOWN -> said.carriedOver() ? EnumSet.of(Health.DOWN, Health.MAINT) : IN_SERVICE;
            case STOPPING, MAINTENANCE -> IN_SERVICE;
            case UP -> NOT_IN_MAINTENANCE; // said again when a slow start ends
            case MAINTENANCE_FROM_DOWN -> EnumSet.of(Health.DOWN);
            case LEAVES_FORCED_MAINTENANCE,
                    LEAVES_MAINTENANCE,
                    RESOLVES_AGAIN,
                    RESOLVES_REMAINS_MAINTENANCE,
                    LEAVES_FORCED_REMAINS_MAINTENANCE,
                    REMAINS_FORCED_MAINTENANCE -> EnumSet.of(Health.MAINT);
            case DRAIN -> {
                if (said.cut() || said.counts() == null) {
                    yield NOTHING;
                }
                // The sessions of a server that is DOWN are counted.
                yield EnumSet.of(said.counts().sessionsActive() != null ? Health.DOWN : Health.UP);
            }
            case LEAVES_FORCED_DRAIN, LEAVES_DRAIN ->
                Boolean.FALSE.equals(said.up()) ? EnumSet.of(Health.DOWN) : IN_SERVICE;
            case REMAINS_DRAIN, REMAINS_FORCED_DRAIN, LEAVES_FORCED_REMAINS_DRAIN -> NOTHING;
        };
    }

    /** Agents are asked in maintenance too, and only a switch line tells what came of it. */
    private static Set<Health> before(CheckResult said) {
        if (said.agent() || said.state() == null) {
            return NOTHING;
        }
        boolean failed = said.outcome() == CheckResult.Outcome.FAILED;
        return switch (said.state()) {
            case UP -> failed ? IN_SERVICE : NOT_IN_MAINTENANCE; // the last success of a rise says UP
            case DRAIN -> failed ? IN_SERVICE : NOT_IN_MAINTENANCE;
            case DOWN -> failed ? NOT_IN_MAINTENANCE : EnumSet.of(Health.DOWN); // the last failure of a fall says DOWN
        };
    }

    /** Whether the line is the last failure of a fall, or news about one that is DOWN: the next line tells which. */
    public static boolean mayBeAFall(HealthMessage message) {
        return message instanceof CheckResult said
                && !said.agent()
                && said.state() == CheckResult.State.DOWN
                && said.outcome() == CheckResult.Outcome.FAILED;
    }
}
