package io.risefall.bench;

import io.risefall.ingest.line.Block;
import io.risefall.ingest.line.BlockScanner;
import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;

/** What {@code grep -c} is compared with: reads a file on one thread, and prints how many lines are health events. */
public final class CountHealthLines {
    private static final int BLOCK = 1024 * 1024;

    private CountHealthLines() {}

    public static void main(String[] arguments) throws IOException {
        LineContext context = new LineContext(
                "file:" + arguments[0], LineDefaults.of(ZoneOffset.UTC), Instant.parse("2026-11-20T00:00:00Z"));
        BlockScanner scan = new BlockScanner(context);
        LineReader reader = new LineReader(context);
        LineSplitter cutter = new LineSplitter(BLOCK, BLOCK);
        Block block = new Block(BLOCK);
        long[] events = new long[1];
        LineConsumer count = (with, buffer, from, to, position, receivedAt, sender, cut) -> {
            if (with.read(buffer, from, to, position, receivedAt, sender) instanceof LineOutcome.Events) {
                events[0]++;
            }
        };
        LineSplitter.Taker taker =
                (bytes, from, to, at, cut) -> count.line(reader, bytes, from, to, at, Instant.EPOCH, null, cut);
        try (InputStream file = Files.newInputStream(Path.of(arguments[0]))) {
            int length;
            while ((length = file.readNBytes(block.bytes(), 0, BLOCK)) > 0) {
                block.filled(length);
                scan.scan(block);
                block.handOver(cutter, taker, reader, count);
            }
        }
        cutter.cutLast(taker);
        System.out.println(events[0]);
    }
}
