package io.risefall.query.http.access;

import io.risefall.query.text.RandomToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The sessions of those who signed in, in memory: a restart ends them. Any thread. */
final class Sessions {
    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration LONGEST = Duration.ofDays(7);
    /** For one more, that which was not used for the longest time ends. */
    private static final int MOST = 1000;

    private record Used(Session session, Instant at) {}

    private final UsersFile users;
    private final Clock clock;
    /** By the hash of the id: how long it takes to find none tells nothing of those that are there. */
    private final Map<String, Used> byHash = new LinkedHashMap<>(16, 0.75f, true);

    Sessions(UsersFile users, Clock clock) {
        this.users = users;
        this.clock = clock;
    }

    /** Begins one, with an id of its own whatever the browser sent before. */
    synchronized String begin(User user) {
        String id = RandomToken.make();
        Instant now = clock.instant();
        byHash.put(UserTokens.hash(id), new Used(new Session(user, RandomToken.make(), now), now));
        if (byHash.size() > MOST) {
            byHash.remove(byHash.keySet().iterator().next());
        }
        return id;
    }

    synchronized Optional<Session> find(String id) {
        Used used = byHash.get(UserTokens.hash(id));
        if (used == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        User user = used.session().user();
        if (now.isAfter(used.at().plus(IDLE))
                || now.isAfter(used.session().begunAt().plus(LONGEST))
                || user == null
                || !users.has(user)) {
            byHash.remove(UserTokens.hash(id));
            return Optional.empty();
        }
        byHash.put(UserTokens.hash(id), new Used(used.session(), now));
        return Optional.of(used.session());
    }

    synchronized void end(String id) {
        byHash.remove(UserTokens.hash(id));
    }
}
