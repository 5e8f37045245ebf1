package io.risefall.streams;

import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSnapshot;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A model of one HAProxy and its servers, for tests: checks with {@code rise} and {@code fall}, maintenance, drain,
 * reloads with and without a server-state file, crashes, dumps. It prints what HAProxy prints, in its order, and knows what
 * was true. The same seed gives the same life.
 */
final class HaproxyModel {
    static final String PROXY = "web";

    private static final Duration INTER = Duration.ofSeconds(2);
    private static final int RISE = 2;
    private static final int FALL = 3;
    private static final int FULL = RISE + FALL - 1;

    /** A printed line: which process printed what, and when. */
    record Printed(Instant at, long pid, HealthMessage message) {
        @Override
        public String toString() {
            String who = message.serverName() == null
                    ? message.proxy()
                    : message.serverName().toString();
            String what = message.serverName() == null ? message.kind().word() : Reference.text(message);
            String lives = message instanceof CheckResult check ? " " + check.health() + "/" + check.threshold() : "";
            return Story.seconds(at) + " " + pid + " " + who + " " + what + lives;
        }
    }

    /** What HAProxy itself held true of a server from a moment on; null: there was no HAProxy. */
    record Held(Instant from, @Nullable Health state) {}

    private static final class Server {
        private final ServerName name;
        private boolean healthy = true;
        private int health = FULL;
        private boolean known;
        private boolean passed = true;
        private boolean maint;
        private boolean drain;
        private final List<Held> held = new ArrayList<>();

        Server(ServerName name) {
            this.name = name;
        }

        boolean isUp() {
            return health >= RISE;
        }

        Health state() {
            if (maint) {
                return Health.MAINT;
            }
            if (!isUp()) {
                return Health.DOWN;
            }
            return drain ? Health.DRAIN : Health.UP;
        }

        boolean isUsable() {
            return state() == Health.UP;
        }
    }

    private final Random random;
    private final boolean checksLogged;
    private final boolean stateFile;
    private final List<Server> servers = new ArrayList<>();
    private final List<Printed> lines = new ArrayList<>();
    /** Never a whole second: that would be a stamp without fractions. */
    private Instant now = Story.START.plusNanos(456_000);

    private final Map<Long, Instant> begins = new LinkedHashMap<>();
    private long pid = 100;
    private boolean running = true;

    private HaproxyModel(long seed) {
        random = new Random(seed);
        checksLogged = random.nextBoolean();
        stateFile = random.nextBoolean();
        int count = 1 + random.nextInt(3);
        for (int i = 1; i <= count; i++) {
            servers.add(new Server(new ServerName(PROXY, "s" + i)));
        }
    }

    /** A life of some minutes. */
    static HaproxyModel lived(long seed) {
        HaproxyModel model = new HaproxyModel(seed);
        model.hold();
        int steps = 20 + model.random.nextInt(60);
        for (int i = 0; i < steps; i++) {
            model.step();
        }
        return model;
    }

    List<Printed> lines() {
        return List.copyOf(lines);
    }

    List<ServerName> servers() {
        return servers.stream().map(server -> server.name).toList();
    }

    /** What was true of each server, in the order of time. */
    Map<ServerName, List<Held>> truth() {
        Map<ServerName, List<Held>> truth = new LinkedHashMap<>();
        servers.forEach(server -> truth.put(server.name, List.copyOf(server.held)));
        return truth;
    }

    /** When processes after the first began, whether they printed something or not; by pid. */
    Map<Long, Instant> begins() {
        return Map.copyOf(begins);
    }

    Instant end() {
        return now;
    }

    private void step() {
        Server server = servers.get(random.nextInt(servers.size()));
        int dice = random.nextInt(100);
        if (dice < 30) {
            server.healthy = !server.healthy;
        } else if (dice < 36) {
            maintenance(server);
        } else if (dice < 40) {
            drain(server);
        } else if (dice < 46) {
            reload();
        } else if (dice < 48) {
            crash();
        } else if (dice < 52 && running) {
            dump();
        } else if (dice < 56 && running) {
            ask();
        }
        int rounds = 1 + random.nextInt(6);
        for (int i = 0; i < rounds; i++) {
            checkAll();
        }
    }

    private void pass(long millis) {
        now = now.plusMillis(millis);
    }

    private void checkAll() {
        for (Server server : servers) {
            pass(INTER.toMillis() / servers.size() - 7 + random.nextInt(15));
            if (running && !server.maint) {
                check(server);
                hold();
            }
        }
    }

    private void check(Server server) {
        boolean pass = server.healthy;
        boolean wasUp = server.isUp();
        int before = server.health;
        if (pass) {
            if (server.health < FULL && ++server.health >= RISE) {
                server.health = FULL;
            }
        } else if (server.health >= RISE) {
            if (--server.health < RISE) {
                server.health = 0;
            }
        } else {
            server.health = 0;
        }
        boolean moved = before != server.health || pass != server.passed || !server.known;
        server.known = true;
        server.passed = pass;
        if (checksLogged && moved) {
            print(checkLine(server, pass));
        }
        if (wasUp && !server.isUp()) {
            print(switched(server, Transition.DOWN, checksLogged ? null : reason(false), null));
            if (usable() == 0 && !server.drain) {
                print(new BackendEmpty(PROXY, "backend"));
            }
        } else if (!wasUp && server.isUp()) {
            print(switched(server, Transition.UP, checksLogged ? null : reason(true), null));
        }
    }

    private CheckResult checkLine(Server server, boolean pass) {
        boolean up = server.isUp();
        return new CheckResult(
                server.name,
                false,
                false,
                pass ? CheckResult.Outcome.SUCCEEDED : CheckResult.Outcome.FAILED,
                reason(pass),
                up ? server.health - RISE + 1 : server.health,
                up ? FALL : RISE,
                up ? CheckResult.State.UP : CheckResult.State.DOWN,
                false,
                null);
    }

    private static CheckReason reason(boolean pass) {
        return pass
                ? new CheckReason(CheckStatus.L7OK, 200, null, 1L)
                : new CheckReason(CheckStatus.L4CON, null, "Connection refused", 0L);
    }

    private void maintenance(Server server) {
        if (!running) {
            return;
        }
        if (server.maint) {
            server.maint = false;
            server.health = RISE; // up, and DOWN at the first failure
            print(switched(server, Transition.LEAVES_FORCED_MAINTENANCE, null, true));
        } else {
            boolean wasUp = server.isUp();
            server.maint = true;
            print(switched(server, wasUp ? Transition.MAINTENANCE : Transition.MAINTENANCE_FROM_DOWN, null, null));
            if (wasUp && usable() == 0) {
                print(new BackendEmpty(PROXY, "backend"));
            }
        }
        hold();
    }

    private void drain(Server server) {
        if (!running || server.maint) {
            return;
        }
        server.drain = !server.drain;
        print(
                server.drain
                        ? switched(server, Transition.DRAIN, null, null)
                        : switched(server, Transition.LEAVES_FORCED_DRAIN, null, server.isUp()));
        hold();
    }

    private void reload() {
        if (!running) {
            restart();
            return;
        }
        long old = pid;
        begin();
        pass(1 + random.nextInt(500));
        if (random.nextBoolean()) {
            lines.add(new Printed(
                    now, old, new ProxyNotice(PROXY, ProxyNotice.What.STOPPED, null, List.of(0L, 0L), null)));
        }
    }

    private void crash() {
        if (!running) {
            return;
        }
        running = false;
        servers.forEach(server -> server.held.add(new Held(now, null)));
        pass(1000L * random.nextInt(100));
    }

    private void restart() {
        running = true;
        begin();
    }

    private void begin() {
        pid++;
        begins.put(pid, now);
        for (Server server : servers) {
            server.known = false;
            server.passed = true;
            if (!stateFile) {
                server.maint = false;
                server.drain = false;
                server.health = RISE;
            }
        }
        hold();
    }

    private void dump() {
        for (Server server : servers) {
            print(new ServerSnapshot(server.name, server.isUp() && !server.maint, 0L, 0L, 0L));
        }
    }

    /** Risefall asks, and takes no answer of a server that has not been checked yet. */
    private void ask() {
        pass(1);
        for (Server server : servers) {
            if (server.known || server.state() != Health.UP) {
                print(Story.told(server.name, server.state()));
            }
        }
    }

    private int usable() {
        return (int) servers.stream().filter(Server::isUsable).count();
    }

    private ServerSwitch switched(
            Server server, Transition transition, @Nullable CheckReason reason, @Nullable Boolean up) {
        boolean counted = transition == Transition.DOWN
                || transition == Transition.UP
                || transition == Transition.MAINTENANCE
                || transition == Transition.DRAIN;
        boolean left = transition == Transition.DRAIN ? !server.isUp() : transition != Transition.UP;
        return new ServerSwitch(
                server.name,
                false,
                transition,
                up,
                transition == Transition.LEAVES_FORCED_MAINTENANCE ? server.drain : null,
                null,
                null,
                reason,
                null,
                null,
                counted ? new ServerCounts(usable(), 0, false, left ? 0L : null, 0L, 0L) : null,
                false,
                null);
    }

    private void print(HealthMessage message) {
        pass(1);
        lines.add(new Printed(now, pid, message));
    }

    private void hold() {
        for (Server server : servers) {
            Health state = running ? server.state() : null;
            Held last = server.held.isEmpty() ? null : server.held.get(server.held.size() - 1);
            if (last == null || last.state() != state) {
                server.held.add(new Held(now, state));
            }
        }
    }
}
