import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a steady feed of HAProxy's traffic, with one health line in twenty thousand, as syslog over UDP: {@code java
 * bench/Feed.java HOST:PORT LINES_PER_SECOND SECONDS [PROCESS...]}. Watches the processes with these ids
meanwhile, and prints a line every ten seconds: seconds, lines sent, CPU share of one core and resident
 * megabytes of each process (Linux).
 */
public final class Feed {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'");
    private static final Duration REPORT = Duration.ofSeconds(10);
    private static final int SLICES = 100;
    private static final int HEALTH_EVERY = 20_000;
    private static final double TICKS = 100;

    public static void main(String[] arguments) throws Exception {
        String[] target = arguments[0].split(":");
        int rate = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        List<Long> watched = new ArrayList<>();
        for (int i = 3; i < arguments.length; i++) {
            watched.add(Long.parseLong(arguments[i]));
        }
        long[] ticks = new long[watched.size()];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = ticks(watched.get(i));
        }
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(target[0], Integer.parseInt(target[1])));
            long start = System.nanoTime();
            long reported = start;
            long sent = 0;
            ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
            for (long slice = 0; slice < (long) seconds * SLICES; slice++) {
                String stamp = STAMP.format(LocalDateTime.now(ZoneOffset.UTC));
                for (int i = 0; i < rate / SLICES; i++) {
                    buffer.clear();
                    buffer.put(line(sent++, stamp).getBytes(StandardCharsets.US_ASCII));
                    channel.write(buffer.flip());
                }
                long next = start + (slice + 1) * 1_000_000_000L / SLICES;
                LockSupport.parkNanos(next - System.nanoTime());
                if (System.nanoTime() - reported >= REPORT.toNanos()) {
                    double elapsed = (System.nanoTime() - reported) / 1e9;
                    StringBuilder report = new StringBuilder("%d s, %d lines".formatted(
                            (System.nanoTime() - start) / 1_000_000_000L, sent));
                    for (int i = 0; i < ticks.length; i++) {
                        long now = ticks(watched.get(i));
                        report.append(", process %d: %.1f %% CPU, %d MB"
                                .formatted(watched.get(i), (now - ticks[i]) / TICKS / elapsed * 100, megabytes(watched.get(i))));
                        ticks[i] = now;
                    }
                    System.out.println(report);
                    reported = System.nanoTime();
                }
            }
        }
    }

    private static String line(long n, String stamp) {
        if (n % HEALTH_EVERY == 0) {
            boolean down = n / HEALTH_EVERY % 2 == 0;
            return "<133>1 " + stamp + " lb1 haproxy 4043 - - Health check for server app/srv1 "
                    + (down ? "failed, reason: Layer4 timeout, check duration: 2001ms, status: 0/2 DOWN."
                            : "succeeded, reason: Layer4 check passed, check duration: 0ms, status: 3/3 UP.");
        }
        return "<134>1 " + stamp + " lb1 haproxy 4043 - - 192.0.2." + n % 250 + ":" + (30000 + n % 30000)
                + " [23/Nov/2026:10:11:12.131] www app/srv" + n % 9 + " 0/0/0/" + n % 40 + "/" + n % 50
                + " 200 " + n % 9000 + " - - ---- 12/12/3/1/0 0/0 \"GET /item/" + n + "?page=2 HTTP/1.1\"";
    }

    /** User and system time, in hundredths of a second. */
    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static long megabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return 0;
    }
}
