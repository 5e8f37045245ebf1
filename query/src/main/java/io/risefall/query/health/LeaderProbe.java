package io.risefall.query.health;

import io.risefall.query.leader.Role;
import io.risefall.query.text.Printable;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether this process leads or stands by: both are well. */
final class LeaderProbe implements HealthProbe {
    private final Supplier<Role> role;

    LeaderProbe(Supplier<Role> role) {
        this.role = role;
    }

    @Override
    public String name() {
        return "leader";
    }

    @Override
    public ProbeResult look(Instant now) {
        Role is = role.get();
        return switch (is.state()) {
            case LEADER -> ProbeResult.ok("leader: this serve sends alerts and reports" + remarks(is));
            case STAND_BY ->
                ProbeResult.ok("stand-by: "
                        + (is.leader() == null ? "nobody has led yet" : Printable.of(is.leader()) + " led last")
                        + ", and this serve goes on when it ends" + remarks(is));
            case STARTING ->
                is.problem() == null
                        ? ProbeResult.waiting("what was sent so far is being read")
                        : ProbeResult.failing(
                                "neither leader nor stand-by: " + Printable.of(is.problem()),
                                "if Kafka is there, look at the rights of this serve: docs/operate.md has them");
        };
    }

    /** They may cost a message, and stop nobody. */
    private static String remarks(Role is) {
        return is.remarks().stream().map(remark -> ". " + Printable.of(remark)).collect(Collectors.joining());
    }
}
