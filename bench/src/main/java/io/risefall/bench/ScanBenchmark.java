package io.risefall.bench;

import io.risefall.ingest.line.Block;
import io.risefall.ingest.line.BlockScanner;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A traffic log with 0.1 % health lines, on one core. One operation is one megabyte (10^6 bytes), so 2000 are 2 GB/s. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ScanBenchmark {
    private static final int MEGABYTE = 1_000_000;
    /** More than any cache holds. */
    private static final int BLOCKS = 64;

    private static final LineContext CONTEXT = new LineContext(
            "file:/var/log/haproxy.log", LineDefaults.of(ZoneOffset.UTC), Instant.parse("2026-11-20T00:00:00Z"));

    private final Block[] blocks = new Block[BLOCKS];
    private final BlockScanner scan = new BlockScanner(CONTEXT);
    private final LineReader reader = new LineReader(CONTEXT);
    private final LineSplitter cutter = new LineSplitter(MEGABYTE, MEGABYTE);
    private int next;

    @Setup
    public void write() {
        byte[] log = GenerateLog.bytes("traffic", BLOCKS * MEGABYTE / 180);
        for (int i = 0; i < BLOCKS; i++) {
            blocks[i] = new Block(MEGABYTE);
            System.arraycopy(log, i * MEGABYTE, blocks[i].bytes(), 0, MEGABYTE);
        }
    }

    private Block block() {
        next = (next + 1) % BLOCKS;
        return blocks[next];
    }

    /** As an import does it. */
    @Benchmark
    public Block scan() {
        Block block = block();
        block.filled(MEGABYTE);
        scan.scan(block);
        return block;
    }

    /** Without the scan: every line is cut out and its header read. */
    @Benchmark
    public void readEveryLine(Blackhole seen) {
        try {
            cutter.read(new ByteArrayInputStream(block().bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutter.cut((bytes, from, to, position, cut) ->
                seen.consume(reader.read(bytes, from, to, position, Instant.EPOCH, null)));
    }
}
