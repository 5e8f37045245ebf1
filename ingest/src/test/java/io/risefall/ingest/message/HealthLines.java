package io.risefall.ingest.message;

import java.util.List;
import java.util.stream.IntStream;

/** Lines as rsyslog writes them. */
public final class HealthLines {
    private HealthLines() {}

    /** The n-th: a server goes down n seconds after one o'clock. */
    public static String down(int n) {
        return "2026-11-23T01:%02d:%02d.000000+00:00 lb1 haproxy[4043]: Server app/srv%d is DOWN."
                .formatted(n / 60 % 60, n % 60, n);
    }

    public static String traffic(int n) {
        return "2026-11-23T01:00:00.%06d+00:00 lb1 haproxy[4043]: 10.0.0.1:4711 [23/Nov/2026:01:00:00.000] web app/srv1"
                        .formatted(n)
                + " 0/0/1/2/3 200 " + n + " - - ---- 1/1/0/0/0 0/0 \"GET / HTTP/1.1\"";
    }

    public static String foreign(int n) {
        return "2026-11-23T01:00:00.000000+00:00 lb1 cron[" + n + "]: nothing of interest";
    }

    /** Lines {@code from} to {@code to}, both included, each with its end. */
    public static String downs(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int n = from; n <= to; n++) {
            lines.append(down(n)).append('\n');
        }
        return lines.toString();
    }

    /** What {@link #downs} says, as lines. */
    public static List<String> downList(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(HealthLines::down).toList();
    }
}
