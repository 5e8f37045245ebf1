package io.risefall.streams;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A way on which the lines of a log come besides: what another source has of the same events. */
enum DuplicatePath {
    WHOLE_SECONDS {
        @Override
        HealthEvent take(HealthEvent event, Random random) {
            return from("udp:whole", null, event, whole(event));
        }
    },
    RELAY {
        @Override
        HealthEvent take(HealthEvent event, Random random) {
            return from("tcp:relay", "10.0.0.9", event, event.at().plusMillis(120));
        }
    },
    /** HAProxy prints no time: when it was received counts. */
    RECEIVED {
        @Override
        HealthEvent take(HealthEvent event, Random random) {
            Instant at = event.at().plusMillis(300);
            return copy(
                    event,
                    at,
                    true,
                    at,
                    event.pid(),
                    event.message(),
                    "",
                    new Origin("stdin", position(event), 0, null));
        }
    },
    /** {@code log /dev/log local0} and {@code log /dev/log local1 notice}, as Debian has it. */
    EVERY_LINE_TWICE {
        @Override
        HealthEvent take(HealthEvent event, Random random) {
            return from("file:/var/log/messages", null, event, whole(event));
        }

        @Override
        int times() {
            return 2;
        }
    },
    /** A second relay that sends to the same listener. */
    OTHER_SENDER {
        @Override
        HealthEvent take(HealthEvent event, Random random) {
            return from(event.origin().source(), "10.0.0.2", event, event.at());
        }
    },
    /** A second log target that comes to the same listener. */
    OTHER_FACILITY {
        @Override
        HealthEvent take(HealthEvent event, Random random) {
            Origin origin = new Origin(event.origin().source(), position(event), 0, null);
            return copy(event, whole(event), false, received(event), event.pid(), event.message(), "<137>", origin);
        }
    },
    OTHER_NAME {
        @Override
        HealthEvent take(HealthEvent event, Random random) {
            return from("file:/var/log/saved.log", null, event, event.at());
        }
    },
    /** Imported again after it was rotated. */
    ROTATED {
        @Override
        HealthEvent take(HealthEvent event, Random random) {
            return from(event.origin().source() + ".1", null, event, event.at());
        }

        @Override
        boolean loses() {
            return false;
        }
    },
    /** A target with a small {@code len}. */
    CUT {
        @Override
        HealthEvent take(HealthEvent event, Random random) {
            Origin origin = new Origin("udp:cut", position(event), 0, null);
            return copy(event, whole(event), false, received(event), event.pid(), cut(event.message()), "", origin);
        }
    },
    WITHOUT_PID {
        @Override
        HealthEvent take(HealthEvent event, Random random) {
            Origin origin = new Origin("udp:without-pid", position(event), 0, null);
            return copy(event, whole(event), false, received(event), null, event.message(), "", origin);
        }
    };

    private static final int FAR = 1_000_000;

    abstract HealthEvent take(HealthEvent event, Random random);

    /** How often each line comes. */
    int times() {
        return 1;
    }

    /** Whether it can lose lines. */
    boolean loses() {
        return true;
    }

    /** What comes on this way of these lines; one in five is lost where it can lose lines. */
    List<HealthEvent> of(List<HealthEvent> own, Random random) {
        List<HealthEvent> lines = new ArrayList<>();
        for (HealthEvent event : own) {
            for (int i = 0; i < times(); i++) {
                HealthEvent taken = take(event, random);
                if (!loses() || random.nextInt(5) > 0) {
                    lines.add(copy(
                            taken,
                            taken.at(),
                            taken.precise(),
                            taken.receivedAt(),
                            taken.pid(),
                            taken.message(),
                            taken.frame().header(),
                            new Origin(
                                    taken.origin().source(),
                                    FAR + lines.size(),
                                    0,
                                    taken.origin().sender())));
                }
            }
        }
        return lines;
    }

    private static long position(HealthEvent event) {
        return event.origin().position();
    }

    private static Instant whole(HealthEvent event) {
        return event.at().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant received(HealthEvent event) {
        return event.at().plusMillis(2);
    }

    private static HealthMessage cut(HealthMessage message) {
        if (message instanceof ServerSwitch change) {
            return new ServerSwitch(
                    change.server(),
                    change.backup(),
                    change.transition(),
                    change.up(),
                    change.drain(),
                    null,
                    null,
                    change.reason(),
                    null,
                    null,
                    null,
                    true,
                    " 1 acti");
        }
        CheckResult check = (CheckResult) message;
        return new CheckResult(
                check.server(),
                check.backup(),
                check.agent(),
                check.outcome(),
                check.reason(),
                null,
                null,
                null,
                true,
                ", sta");
    }

    static HealthEvent from(String source, String sender, HealthEvent event, Instant at) {
        boolean precise = !at.equals(at.truncatedTo(ChronoUnit.SECONDS));
        return copy(
                event,
                at,
                precise,
                received(event),
                event.pid(),
                event.message(),
                "",
                new Origin(source, position(event), 0, sender));
    }

    private static HealthEvent copy(
            HealthEvent event,
            Instant at,
            boolean precise,
            Instant receivedAt,
            Long pid,
            HealthMessage message,
            String header,
            Origin origin) {
        return new HealthEvent(
                at,
                precise,
                receivedAt,
                event.node(),
                pid,
                event.tag(),
                event.severity(),
                message,
                new LineFrame(header, null, null),
                origin);
    }
}
