package io.risefall.query.report;

import static io.risefall.query.report.History.reason;
import static io.risefall.schemas.message.CheckStatus.HANA;
import static io.risefall.schemas.message.CheckStatus.L4CON;
import static io.risefall.schemas.message.CheckStatus.L4TOUT;
import static io.risefall.schemas.message.CheckStatus.L6RSP;
import static io.risefall.schemas.message.CheckStatus.L7OK;
import static io.risefall.schemas.message.CheckStatus.L7RSP;
import static io.risefall.schemas.message.CheckStatus.L7STS;
import static io.risefall.schemas.message.CheckStatus.L7TOUT;

import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Transition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Random;

/** Days to look at and to test with. */
public final class ExampleDays {
    public static final LocalDate DAY = LocalDate.of(2025, 11, 12);
    public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final Instant LATER = Instant.parse("2025-11-13T07:30:00Z");

    public static final CheckReason REFUSED = reason(L4CON, null, "Connection refused", 0);
    static final CheckReason STATUS_503 = reason(L7STS, 503, "Service Unavailable", 3);
    public static final CheckReason SLOW = reason(L7TOUT, null, null, 2001);
    static final CheckReason SILENT_NET = reason(L4TOUT, null, null, 2002);
    static final CheckReason BAD_TLS = reason(L6RSP, null, "SSL handshake failure", 4);

    private ExampleDays() {}

    /** A full day of fourteen servers: a bad deployment at noon, a flapping server, planned work in the night. */
    static History fourteenServers() {
        History history = new History("lb1", DAY, BERLIN);
        history.server("be_web/web1")
                .up("-1 08:00")
                .down("03:12:41.310", REFUSED)
                .up("03:14:05.770")
                .down("12:04:09.120", STATUS_503)
                .up("12:31:22.480")
                .open();
        history.server("be_web/web2")
                .up("-1 08:00")
                .down("12:04:11.020", STATUS_503)
                .up("12:29:40.100")
                .open();
        history.server("be_web/web3")
                .up("-1 08:00")
                .down("12:05:31.900", STATUS_503)
                .up("12:16:02.250")
                .open();
        history.server("be_web/web4").up("-1 08:00").open();
        History.Line api2 = history.server("be_api/api2").up("-1 08:00");
        Random random = new Random(7);
        Instant at = history.at("15:40");
        for (int i = 0; i < 9; i++) {
            Instant down = at.plusMillis(random.nextInt(150_000));
            Instant up = down.plusMillis(20_000 + random.nextInt(160_000));
            api2.down(down, SLOW).up(up);
            at = up.plusMillis(60_000 + random.nextInt(240_000));
        }
        api2.open();
        history.server("be_api/api1").up("-1 08:00").open();
        history.server("be_api/api3")
                .up("-1 08:00")
                .drain("20:10")
                .maint("20:25", "maintenance")
                .up("21:05")
                .open();
        history.server("be_pay/pay1")
                .up("-1 08:00")
                .down("19:47:03.004", BAD_TLS)
                .open();
        history.server("be_pay/pay2")
                .up("-1 08:00")
                .down("19:47:05.518", BAD_TLS)
                .open();
        history.server("be_static/cdn1")
                .up("-1 08:00")
                .unknown("06:00:02")
                .up("07:31:40")
                .open();
        history.server("be_static/cdn2").up("-1 08:00").open();
        history.server("be_db/db1").up("-1 08:00").open();
        history.server("be_db/db2")
                .up("-1 08:00")
                .maint("01:30", "maintenance")
                .up("02:52:10")
                .down("09:20:15", SILENT_NET)
                .up("09:23:47")
                .open();
        history.server("be_db/b-db3").up("-1 08:00").open();
        history.backendEmpty("be_pay", "19:47:05.518", null);
        history.flaps("be_api/api2", "15:47:20", "16:55:10", 9, 5210);
        return history;
    }

    /** Thirteen servers and 59 seconds. */
    static History oneMinute() {
        History history = new History("lb1", DAY, BERLIN).readUntil("00:22:55.530");
        for (int i = 1; i <= 9; i++) {
            history.server("be_web/web" + i).up("00:21:56.466").open();
        }
        history.server("be_app/app1")
                .up("00:21:56.466")
                .down("00:22:09.100", REFUSED)
                .up("00:22:21.800")
                .down("00:22:40.010", STATUS_503)
                .open();
        history.server("be_app/app2")
                .up("00:21:56.466")
                .down("00:22:30", SLOW)
                .up("00:22:36.250")
                .open();
        history.server("be_app/app3")
                .up("00:22:01")
                .maint("00:22:20", "maintenance")
                .open();
        history.server("be_app/app4")
                .down("00:22:02.500", reason(L7RSP, null, "TCPCHK got an empty response at step 2", 1))
                .open();
        return history;
    }

    /** A large fleet, of which every sixtieth server has trouble. */
    static History threeThousand() {
        History history = new History("lb1", DAY, BERLIN);
        Random random = new Random(11);
        CheckReason[] reasons = {
            REFUSED,
            STATUS_503,
            SLOW,
            SILENT_NET,
            reason(HANA, null, "Detected 10 consecutive errors, last one was: HTTP 500", 0)
        };
        for (int i = 0; i < 3000; i++) {
            History.Line line =
                    history.server("be_%02d/srv%d".formatted(i / 50, i % 50)).up("-1 08:00");
            if (i % 60 == 7) {
                Instant at = history.at("00:30");
                for (int k = 0; k < 1 + random.nextInt(5); k++) {
                    Instant down = at.plusSeconds(random.nextInt(12_000));
                    Instant up = down.plusMillis(5_000 + random.nextInt(900_000));
                    line.down(down, reasons[random.nextInt(reasons.length)]).up(up);
                    at = up.plusSeconds(60);
                }
            }
            line.open();
        }
        return history;
    }

    /** A server that is down more often than a page has room for. */
    static History manyLines() {
        History history = new History("lb1", DAY, BERLIN);
        History.Line api2 = history.server("be_api/api2").up("-1 08:00");
        for (int i = 0; i < 400; i++) {
            String down = "%02d:%02d:10".formatted(i / 60, i % 60);
            String up = "%02d:%02d:40".formatted(i / 60, i % 60);
            api2.down(down, REFUSED).up(up);
            history.says("be_api/api2", down, Transition.DOWN, new CheckReason(CheckStatus.L4CON, null, null, null));
            for (int k = 11; k < 19; k++) {
                history.check(
                        "be_api/api2",
                        down.substring(0, 6) + k,
                        CheckResult.Outcome.FAILED,
                        k % 2 == 0 ? SLOW : REFUSED);
            }
            history.says("be_api/api2", up, Transition.UP, null);
        }
        api2.open();
        return history;
    }

    /** A database with a leader that changes, beside a server that nearly goes down before it does. */
    public static History leaders() {
        return leaders("lb1");
    }

    /** The same, as a node saw it. */
    static History leaders(String node) {
        History history = new History(node, DAY, BERLIN);
        history.server("be_pg/pg1").up("-1 08:00").down("10:00:00.500", REFUSED).open();
        history.server("be_pg/pg2")
                .up("-1 08:00")
                .down("-1 08:00:01", STATUS_503)
                .up("10:00:09.750")
                .open();
        history.server("be_pg/pg3")
                .up("-1 08:00")
                .down("-1 08:00:02", STATUS_503)
                .open();
        history.backendEmpty("be_pg", "10:00:00.501", "10:00:09.750");
        history.server("be_web/web1")
                .up("-1 08:00")
                .down("12:00", SLOW)
                .up("12:10")
                .open();
        history.server("be_web/web2").up("-1 08:00").open();
        CheckReason passed = reason(L7OK, 200, "OK", 3);
        history.lives("be_web/web1", "09:00", 2, STATUS_503);
        history.lives("be_web/web1", "09:00:02", 3, passed);
        history.lives("be_web/web1", "11:30", 2, SLOW);
        history.lives("be_web/web1", "11:30:04", 1, SLOW);
        history.lives("be_web/web1", "11:30:08", 3, passed);
        return history;
    }

    /** Three nodes: a rolling restart, a bad deployment, a node that loses its network, and a way that one node lacks. */
    public static History[] threeNodes() {
        History[] nodes = new History[3];
        for (int n = 0; n < nodes.length; n++) {
            History history = new History("lb" + (n + 1), DAY, BERLIN);
            for (int i = 1; i <= 4; i++) {
                History.Line web = history.server("be_web/web" + i)
                        .up("-1 08:00")
                        .down("12:00:0%d.%d".formatted(i, n), STATUS_503)
                        .counted(4 - i, 12)
                        .up("12:04:0" + i);
                if (n == 1) {
                    web.down("15:00:01.2%d0".formatted(i), SILENT_NET)
                            .counted(4 - i, 40)
                            .up("15:02");
                }
                web.open();
                history.server("be_app/app" + i)
                        .up("-1 08:00")
                        .down("03:0%d:00.%d".formatted(i, n), REFUSED)
                        .counted(3, 2)
                        .up("03:0%d:52".formatted(i))
                        .open();
            }
            History.Line db = history.server("be_db/db1").up("-1 08:00");
            if (n == 2) {
                db.down("18:00", SILENT_NET).counted(0, 3).up("18:10");
            }
            db.open();
            nodes[n] = history;
        }
        return nodes;
    }

    /** Whatever an attacker may put where: node, proxy, server, reason, info, source. */
    public static final String SCRIPT = "<script>alert(1)</script>";

    static final String BREAKOUT = "\"><img src=x onerror=alert(1)>";
    static final String TERMINAL = "\u001b[2J\u001b]0;owned\u0007";
    static final String BACKWARDS = "\u202egnp.exe\u2066";
    static final String MARKUP = "| `x` **b** [l](http://evil.example) ${7*7} &amp; ]]>";

    /** A small day with one of everything, and hostile words. */
    public static History hardDay() {
        History history = new History("lb1", DAY, BERLIN);
        history.server("be_web/web1")
                .up("-1 08:00")
                .down("10:00", REFUSED)
                .up("10:12:04")
                .down("23:50", STATUS_503)
                .up("1 00:10")
                .open();
        history.server("be_web/web2").down("-1 22:00", SLOW).up("00:30:00.250").open();
        history.server("be_web/b-web3").up("11:00").open();
        history.server("be_web/web4").up("-1 08:00").unknown("09:00").open();
        history.server("be_pay/pay1")
                .up("-1 08:00")
                .down("19:47:03.004", BAD_TLS)
                .open();
        history.server("be_pay/pay2")
                .up("-1 08:00")
                .downVia("19:47:03.004", "be_pay/pay1")
                .open();
        history.server("be_app/app1")
                .up("-1 08:00")
                .maint("08:00", "maintenance")
                .up("08:30")
                .drain("09:00")
                .open();
        history.server("be_app/app2")
                .up("-1 08:00")
                .maint("14:00", "DNS NX status")
                .up("14:05")
                .open();
        history.server("be_app/app3")
                .up("-1 08:00")
                .down("16:00", SILENT_NET)
                .maint("16:20", "maintenance")
                .open();
        history.server("be_app/app4")
                .up("-1 08:00")
                .downWithoutReason("17:00")
                .inferred()
                .up("17:00:01.500")
                .open();
        history.server("be_app/app5")
                .up("-1 08:00")
                .down("18:00", reason(L7STS, 0, "via agent : down (disk full)", 1))
                .byAgent()
                .up("18:01")
                .open();
        history.server(BREAKOUT.replace("/", "") + "/" + SCRIPT.replace("/", ""))
                .up("-1 08:00")
                .down("12:00", reason(L7RSP, null, SCRIPT + BREAKOUT, 2))
                .up("12:01")
                .down("13:00", reason(L7RSP, null, TERMINAL + BACKWARDS, 2))
                .up("13:01")
                .down("14:00", reason(L7RSP, null, MARKUP, 2))
                .up("14:01")
                .open();
        history.source = "file:/var/log/" + SCRIPT;
        history.says("be_web/web1", "10:00", Transition.DOWN, new CheckReason(CheckStatus.L4CON, null, null, null));
        history.says("be_web/web1", "10:00:01", Transition.DOWN, new CheckReason(CheckStatus.L4CON, null, null, null));
        history.says("be_web/web1", "10:12:04", Transition.UP, null);
        history.says("be_app/app1", "08:00", Transition.MAINTENANCE, null);
        history.says(
                "be_pay/pay1",
                "19:47:03.004",
                Transition.DOWN,
                new CheckReason(CheckStatus.L6RSP, null, SCRIPT + BREAKOUT + TERMINAL + BACKWARDS + MARKUP, null));
        history.backendEmpty("be_pay", "19:47:03.004", null);
        history.flaps("be_web/web1", "10:00", "10:40", 3, 2790);
        return history;
    }
}
