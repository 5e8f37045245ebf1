package io.risefall.query.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** HAProxy's health of one server, as {@code set_server_check_status} in check.c computes and logs it. One thread. */
final class HaproxyModel {
    static final Instant START = Instant.parse("2026-03-02T10:00:00.250Z");

    private final int fall;
    private final int rise;
    private final Duration interval;
    private final List<LoggedCheck> lines = new ArrayList<>();
    private final List<LoggedOutage> outages = new ArrayList<>();
    private final List<Boolean> downAfter = new ArrayList<>();

    private int health;
    private boolean reported;
    private Instant downSince;

    HaproxyModel(int fall, int rise, Duration interval) {
        this.fall = fall;
        this.rise = rise;
        this.interval = interval;
        health = rise;
    }

    /** Plays a check after the other: {@code P} passes, anything else fails. */
    HaproxyModel play(String checks) {
        checks.chars().forEach(check -> check(check == 'P'));
        return this;
    }

    static Instant at(int check, Duration interval) {
        return START.plus(interval.multipliedBy(check));
    }

    private void check(boolean passed) {
        Instant at = at(downAfter.size(), interval);
        boolean wasDown = health < rise;
        int before = health;
        if (passed && health < rise + fall - 1) {
            health++;
            health = health >= rise ? rise + fall - 1 : health;
        } else if (!passed && health > 0) {
            health--;
            health = health < rise ? 0 : health;
        }
        boolean down = health < rise;
        if (health != before || !reported) {
            lines.add(new LoggedCheck(
                    at,
                    1L,
                    passed,
                    passed ? "L7OK" : "L7STS",
                    down ? health : health - rise + 1,
                    down ? rise : fall,
                    down,
                    1,
                    "file:/a.log",
                    lines.size(),
                    !reported));
            reported = true;
        }
        if (down && !wasDown) {
            downSince = at;
        }
        if (!down && wasDown) {
            outages.add(outage(at));
        }
        downAfter.add(down);
    }

    private LoggedOutage outage(Instant end) {
        return new LoggedOutage("id" + outages.size(), downSince, end, "L7STS", "Layer7 wrong status", false, null);
    }

    /** All outages; the last one may last. */
    List<LoggedOutage> outages() {
        List<LoggedOutage> all = new ArrayList<>(outages);
        if (health < rise) {
            all.add(outage(null));
        }
        return all;
    }

    List<LoggedCheck> lines() {
        return lines;
    }

    boolean isDownAfter(int check) {
        return downAfter.get(check);
    }

    ServerLog log(Instant until) {
        return new ServerLog("lb1", "web", "s1", lines, outages(), List.of(), Instant.EPOCH, until);
    }
}
