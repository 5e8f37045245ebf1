package io.risefall.schemas.suite;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when told. */
public final class MutableClock extends Clock {
    private volatile Instant now;

    /** At a moment that does not matter. */
    public MutableClock() {
        this(Instant.parse("2026-11-23T01:00:00Z"));
    }

    public MutableClock(Instant now) {
        this.now = now;
    }

    public void set(Instant to) {
        now = to;
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this; // it has the time alone
    }
}
