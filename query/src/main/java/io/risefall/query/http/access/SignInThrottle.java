package io.risefall.query.http.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes whoever shows wrong tokens wait, longer each time, by address. Any thread; bounded memory. */
final class SignInThrottle {
    /** A person mistypes. */
    private static final int FREE = 4;

    private static final Duration LONGEST = Duration.ofMinutes(15);
    /** For one more address, that which failed first is forgotten. */
    private static final int MOST = 10_000;

    private record Failures(int count, Instant until) {}

    private final Clock clock;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>();

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /** How long an address has to wait; zero: not at all. */
    synchronized Duration wait(String address) {
        Failures failures = byAddress.get(address);
        Instant now = clock.instant();
        return failures == null || !now.isBefore(failures.until())
                ? Duration.ZERO
                : Duration.between(now, failures.until());
    }

    synchronized void failed(String address) {
        Failures before = byAddress.remove(address);
        int count = before == null ? 1 : before.count() + 1;
        Duration pause = count <= FREE ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(count - FREE, 20));
        Instant until = clock.instant().plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
        byAddress.put(address, new Failures(count, until));
        if (byAddress.size() > MOST) {
            byAddress.remove(byAddress.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String address) {
        byAddress.remove(address);
    }
}
