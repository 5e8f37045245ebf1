package io.risefall.query.report;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.AddressChange;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Corrections;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Loss;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.state.StateRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of some servers, written by hand: {@code server("be/web1").up("00:00").down("10:02:30", …).up("10:15")}. */
public final class History {
    final String node;
    final LocalDate day;
    final ZoneId zone;
    final List<StateRecord> states = new ArrayList<>();
    final List<Absence> absences = new ArrayList<>();
    final List<HealthEvent> events = new ArrayList<>();
    final List<Rollup> rollups = new ArrayList<>();
    final List<Flapping> flapping = new ArrayList<>();

    /** Until when its log tells; by default until the next morning. */
    Instant readUntil;

    Map<String, Long> clocks = Map.of();

    public String source;

    public History(String node, LocalDate day, ZoneId zone) {
        this.node = node;
        this.day = day;
        this.zone = zone;
        this.source = "file:/var/log/" + node + "/haproxy.log";
        this.readUntil = at("1 08:30");
    }

    /** What the streams part says of late lines. */
    History corrections(int days, int tooLate) {
        Instant last = tooLate == 0 ? null : at("-9 12:00");
        states.add(new Corrections(node, Duration.ofDays(days).toMillis(), tooLate, last));
        return this;
    }

    /** Two active servers less than expected. */
    History loss(String proxy, String from, String to) {
        states.add(new Loss(node, proxy, 4043, at(from), at(to), 2, 5, 1, 3, 1));
        return this;
    }

    /** Risefall was away; of {@code servers} no line has told since. */
    public History absent(String from, String to, String... servers) {
        absences.add(new Absence(node, source, at(from), at(to), "Risefall was stopped", 0));
        for (String server : servers) {
            states.add(new Doubt(node, ServerName.parse(server), at(from), at(to), null));
        }
        return this;
    }

    static CheckReason reason(CheckStatus status, @Nullable Integer code, @Nullable String info, long durationMillis) {
        return new CheckReason(status, code, info, durationMillis);
    }

    /** {@code 10:15}, {@code 10:15:30.250}, {@code -1 22:00} for the day before, {@code 24:00} for the day's end. */
    public Instant at(String clock) {
        if (clock.equals("24:00")) {
            return day.plusDays(1).atStartOfDay(zone).toInstant();
        }
        int blank = clock.indexOf(' ');
        LocalDate date = blank < 0 ? day : day.plusDays(Long.parseLong(clock.substring(0, blank)));
        return date.atTime(LocalTime.parse(clock.substring(blank + 1)))
                .atZone(zone)
                .toInstant();
    }

    public Line server(String name) {
        return new Line(ServerName.parse(name));
    }

    public void check(String name, String at, CheckResult.Outcome outcome, CheckReason why) {
        boolean passed = outcome != CheckResult.Outcome.FAILED;
        CheckResult.State state = passed ? CheckResult.State.UP : CheckResult.State.DOWN;
        say(at, new CheckResult(ServerName.parse(name), false, false, outcome, why, 3, 3, state, false, null));
    }

    /** A check of a server that stays up, which leaves {@code lives} of three. */
    void lives(String name, String at, int lives, CheckReason why) {
        lives(name, at(at), lives, why);
    }

    void lives(String name, Instant at, int lives, CheckReason why) {
        say(
                at,
                new CheckResult(
                        ServerName.parse(name),
                        false,
                        false,
                        lives == 3 ? CheckResult.Outcome.SUCCEEDED : CheckResult.Outcome.FAILED,
                        why,
                        lives,
                        3,
                        CheckResult.State.UP,
                        false,
                        null));
    }

    void newAddress(String name, String at, String from, String to) {
        say(at, new AddressChange(ServerName.parse(name), "IP", from, to, "DNS cache", null));
    }

    /** A switch line as a file has it. */
    public void says(String name, String at, Transition transition, @Nullable CheckReason reason) {
        ServerName server = ServerName.parse(name);
        say(
                at,
                new ServerSwitch(
                        server, false, transition, null, null, null, null, reason, null, null, null, false, null));
    }

    private void say(String at, HealthMessage message) {
        say(at(at), message);
    }

    private void say(Instant when, HealthMessage message) {
        events.add(new HealthEvent(
                when,
                true,
                when,
                node,
                4043L,
                "haproxy",
                Severity.NOTICE,
                message,
                new LineFrame("", null, null),
                new Origin(source, events.size(), 0, null)));
    }

    /** Its stamps are so much behind the arrival of its lines. */
    History clockBehind(long millis) {
        clocks = Map.of(node, millis);
        return this;
    }

    public History readUntil(String clock) {
        readUntil = at(clock);
        return this;
    }

    public void backendEmpty(String proxy, String from, @Nullable String to) {
        states.add(new BackendOutage(node, proxy, at(from), to == null ? null : at(to)));
    }

    public void flaps(String name, String from, String to, int downs, double peak) {
        flapping.add(new Flapping(node, ServerName.parse(name), at(from), at(to), downs, peak));
    }

    /** One server's story, told in order. The last state lasts unless {@link Line#end} is called. */
    public final class Line {
        private final ServerName name;
        private @Nullable Health state;
        private @Nullable Instant since;
        private String cause = "";
        private @Nullable CheckReason reason;
        private @Nullable String via;
        private boolean agent;
        private boolean certain = true;
        private @Nullable ServerCounts left;

        private Line(ServerName name) {
            this.name = name;
        }

        public Line up(String at) {
            return turn(Health.UP, at(at), "UP");
        }

        public Line up(Instant at) {
            return turn(Health.UP, at, "UP");
        }

        public Line maint(String at, String words) {
            return turn(Health.MAINT, at(at), words);
        }

        public Line drain(String at) {
            return turn(Health.DRAIN, at(at), "drain");
        }

        public Line unknown(String at) {
            return turn(Health.UNKNOWN, at(at), "reload");
        }

        public Line down(String at, CheckReason why) {
            return down(at(at), why);
        }

        public Line down(Instant at, CheckReason why) {
            turn(Health.DOWN, at, why.status().name());
            reason = why;
            return this;
        }

        public Line downVia(String at, String other) {
            turn(Health.DOWN, at(at), "via " + other);
            via = other;
            return this;
        }

        public Line downWithoutReason(String at) {
            return turn(Health.DOWN, at(at), "DOWN");
        }

        public Line byAgent() {
            agent = true;
            return this;
        }

        /** What its DOWN line counts: active servers left, and sessions on it. */
        public Line counted(int active, long sessions) {
            left = new ServerCounts(active, 0, false, sessions, 0L, 0L);
            return this;
        }

        public Line inferred() {
            certain = false;
            return this;
        }

        /** The story stops here and the last state lasts. */
        public void open() {
            close(null, null);
        }

        private Line turn(Health next, Instant at, String words) {
            if (state != null) {
                close(at, next);
            }
            state = next;
            since = at;
            cause = words;
            reason = null;
            via = null;
            agent = false;
            certain = true;
            left = null;
            return this;
        }

        private void close(@Nullable Instant at, @Nullable Health next) {
            if (state == null || since == null) {
                throw new IllegalStateException("nothing told yet");
            }
            states.add(new StateInterval(node, name, name.server().startsWith("b-"), state, since, at, cause, 4043L));
            if (state == Health.DOWN) {
                Outage.EndedBy by = next == null
                        ? null
                        : next == Health.MAINT
                                ? Outage.EndedBy.MAINTENANCE
                                : next == Health.UNKNOWN ? Outage.EndedBy.UNKNOWN : Outage.EndedBy.UP;
                states.add(new Outage(
                        node,
                        name,
                        name.server().startsWith("b-"),
                        since,
                        at,
                        by,
                        reason,
                        null,
                        via == null ? null : ServerName.parse(via),
                        agent,
                        false,
                        since.minusSeconds(4),
                        left != null && left.none(),
                        certain,
                        4043L,
                        null,
                        left));
                if (reason != null) {
                    rollups.add(new Rollup(
                            node,
                            name,
                            since.truncatedTo(ChronoUnit.MINUTES),
                            reason.status(),
                            reason.code(),
                            3,
                            1,
                            reason.durationMillis()));
                }
            }
        }
    }
}
