package io.risefall.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/**
 * Writes a log as rsyslog would, for measuring: {@code bench/generate.sh health|traffic LINES > FILE}.
 *
 * <p>{@code health}: only health lines; 50 backends of 20 servers that fall and rise, half of them with {@code option
 * log-health-checks}. {@code traffic}: HTTP traffic with 0.1 % health lines. The same arguments give the same bytes.
 */
public final class GenerateLog {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);
    private static final int BACKENDS = 50;
    private static final int SERVERS = 20;
    /** A change of state prints 2.25 lines on average: 0.1 % of all. */
    private static final int TRAFFIC_PER_CHANGE = 2250;

    private final PrintStream out;
    private final Random random = new Random(1);
    private final boolean[][] down = new boolean[BACKENDS][SERVERS];
    private Instant now = Instant.parse("2026-11-20T00:00:00Z");
    private long lines;

    private GenerateLog(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        write(arguments[0], Long.parseLong(arguments[1]), System.out);
    }

    /**
     * Writes at least so many lines and closes {@code to}.
     *
     * @param kind {@code health} or {@code traffic}
     */
    public static void write(String kind, long wanted, OutputStream to) {
        try (PrintStream out =
                new PrintStream(new BufferedOutputStream(to, 1 << 20), false, StandardCharsets.ISO_8859_1)) {
            GenerateLog log = new GenerateLog(out);
            while (log.lines < wanted) {
                if (kind.equals("health") || log.lines % TRAFFIC_PER_CHANGE == 0) {
                    log.change();
                } else {
                    log.traffic();
                }
            }
        }
    }

    /** The same in memory. */
    static byte[] bytes(String kind, long wanted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(kind, wanted, bytes);
        return bytes.toByteArray();
    }

    private void change() {
        int backend = random.nextInt(BACKENDS);
        int server = random.nextInt(SERVERS);
        boolean falls = !down[backend][server];
        down[backend][server] = falls;
        int left = 0;
        for (boolean isDown : down[backend]) {
            left += isDown ? 0 : 1;
        }
        String name = "be_%02d/srv%02d".formatted(backend, server);
        boolean logged = backend % 2 == 0;
        String reason = falls
                ? ", reason: Layer4 connection problem, info: \"Connection refused\", check duration: 0ms"
                : ", reason: Layer7 check passed, code: 200, check duration: 1ms";
        if (logged) {
            String[] steps =
                    falls ? new String[] {"2/3 UP", "1/3 UP", "0/2 DOWN"} : new String[] {"1/2 DOWN", "3/3 UP"};
            for (String step : steps) {
                line("Health check for server " + name + (falls ? " failed" : " succeeded") + reason + ", status: "
                        + step + ".");
            }
        }
        line("Server " + name + " is " + (falls ? "DOWN" : "UP") + (logged ? "" : reason) + ". " + left
                + " active and 0 backup servers "
                + (falls
                        ? "left. 0 sessions active, 0 requeued, 0 remaining in queue."
                        : "online. 0 sessions requeued, 0 total in queue."));
        if (falls && left == 0) {
            line("backend be_%02d has no server available!".formatted(backend));
        }
    }

    private void traffic() {
        line(
                "10.%d.%d.%d:%d [20/Nov/2026:00:00:00.000] fe_main be_%02d/srv%02d 0/0/1/%d/%d 200 %d - - ---- 12/10/3/1/0 0/0 \"GET /api/v1/items?id=%d&sort=asc HTTP/1.1\""
                        .formatted(
                                random.nextInt(256),
                                random.nextInt(256),
                                random.nextInt(256),
                                1024 + random.nextInt(60000),
                                random.nextInt(BACKENDS),
                                random.nextInt(SERVERS),
                                random.nextInt(100),
                                random.nextInt(120),
                                random.nextInt(9000),
                                random.nextInt(1_000_000)));
    }

    private void line(String message) {
        now = now.plusNanos(50_000_000);
        out.print(STAMP.format(now));
        out.print(" lb1 haproxy[4043]: ");
        out.print(message);
        out.print('\n');
        lines++;
    }
}
