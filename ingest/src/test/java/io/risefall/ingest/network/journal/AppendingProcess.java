package io.risefall.ingest.network.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** Appends numbered messages to a journal as fast as it can, in a process of its own, to be killed. */
final class AppendingProcess {
    private static final int SEGMENT = 256 * 1024;
    private static final int LONGEST = 3000;

    private final Process process;
    private final BufferedReader out;

    AppendingProcess(Path journal, long first, Duration sync) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        journal.toString(),
                        String.valueOf(first),
                        sync.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** {@code journal first sync}: prints the number after each that is in the journal. */
    public static void main(String[] arguments) throws IOException {
        JournalLimits limits = new JournalLimits(1L << 40, SEGMENT, Duration.parse(arguments[2]));
        Journal journal = new Journal(Path.of(arguments[0]), limits, () -> {});
        journal.open();
        long number = Long.parseLong(arguments[1]);
        Random random = new Random(number);
        while (true) {
            int round = 1 + random.nextInt(40);
            for (int i = 0; i < round; i++) {
                byte[] message = message(number++);
                journal.append(1_000, "10.0.0.9", message, message.length);
            }
            journal.flush();
            System.out.write((number + "\n").getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
        }
    }

    /** A number and something of many lengths that depends on it. */
    static byte[] message(long number) {
        return (number + " " + "x".repeat(new Random(number).nextInt(LONGEST))).getBytes(StandardCharsets.US_ASCII);
    }

    /** Kills it when it has acknowledged so many; the number after the last that it did. */
    long killAfter(long acknowledged) throws IOException, InterruptedException {
        long last = 0;
        while (last < acknowledged) {
            last = Long.parseLong(out.readLine());
        }
        // By its handle: else what it has said and nobody has read would be gone.
        process.toHandle().destroyForcibly();
        process.waitFor();
        // Half a line at the end was not said.
        StringBuilder rest = new StringBuilder();
        for (int c = out.read(); c >= 0; c = out.read()) {
            if (c == '\n') {
                last = Long.parseLong(rest.toString());
                rest.setLength(0);
            } else {
                rest.append((char) c);
            }
        }
        return last;
    }
}
