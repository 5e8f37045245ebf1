package io.risefall.streams.model;

import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import org.jspecify.annotations.Nullable;

/**
 * Whether two messages about one entity mean the same. Log targets differ in spelling ({@code backend 'b'} on stderr) and in
 * length ({@code len}): of a message that was cut, only the rest can be compared.
 */
public final class MessageEquivalence {
    private MessageEquivalence() {}

    public static boolean same(HealthMessage one, HealthMessage other) {
        if (one.equals(other)) {
            return true;
        }
        if (one instanceof BackendEmpty && other instanceof BackendEmpty) {
            return true;
        }
        if (!isCut(one) && !isCut(other)) {
            return false;
        }
        if (one instanceof ServerSwitch a && other instanceof ServerSwitch b) {
            return a.server().equals(b.server())
                    && a.transition() == b.transition()
                    && agree(a.up(), b.up())
                    && agree(a.drain(), b.drain())
                    && agree(a.counts(), b.counts())
                    && agree(a.reason(), b.reason());
        }
        return one instanceof CheckResult a
                && other instanceof CheckResult b
                && a.agent() == b.agent()
                && a.outcome() == b.outcome()
                && agree(a.reason(), b.reason())
                && agree(a.health(), b.health())
                && agree(a.threshold(), b.threshold())
                && agree(a.state(), b.state());
    }

    static boolean isCut(HealthMessage message) {
        return (message instanceof ServerSwitch change && change.cut())
                || (message instanceof CheckResult check && check.cut());
    }

    private static boolean agree(@Nullable CheckReason one, @Nullable CheckReason other) {
        return one == null
                || other == null
                || (one.status() == other.status()
                        && agree(one.code(), other.code())
                        && agree(one.durationMillis(), other.durationMillis()));
    }

    private static boolean agree(@Nullable Object one, @Nullable Object other) {
        return one == null || other == null || one.equals(other);
    }
}
