package io.risefall.query.http.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes whoever shows wrong tokens wait, longer each time: by the address, and by the user whose name the token has, so that it costs
 * nobody else who comes from there, as through a proxy. Not by the user alone: anybody could lock them out. Any thread;
 * bounded memory.
 */
final class SignInThrottle {
    /** A person mistypes. */
    private static final int FREE = 4;

    /** Nobody guesses 256 random bits in any time; a user who is at the same address has to wait as long. */
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** For one more, that which failed first is forgotten. */
    private static final int MOST = 10_000;

    private record Failures(int count, Instant until) {}

    /** @param user empty: nobody's name */
    private record Guesser(String address, String user) {}

    private final Clock clock;
    private final Map<Guesser, Failures> guessers = new LinkedHashMap<>();

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * How long somebody has to wait; zero: not at all.
     *
     * @param user whose name the token has; empty: nobody's
     */
    synchronized Duration wait(String address, Optional<String> user) {
        Failures failures = guessers.get(guesser(address, user));
        Instant now = clock.instant();
        return failures == null || !now.isBefore(failures.until())
                ? Duration.ZERO
                : Duration.between(now, failures.until());
    }

    synchronized void failed(String address, Optional<String> user) {
        Guesser guesser = guesser(address, user);
        Failures before = guessers.remove(guesser);
        int count = before == null ? 1 : before.count() + 1;
        Duration pause = count <= FREE ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(count - FREE, 20));
        Instant until = clock.instant().plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
        guessers.put(guesser, new Failures(count, until));
        if (guessers.size() > MOST) {
            guessers.remove(guessers.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String address, User user) {
        guessers.remove(guesser(address, Optional.of(user.name())));
    }

    private static Guesser guesser(String address, Optional<String> user) {
        return new Guesser(address, user.orElse(""));
    }
}
