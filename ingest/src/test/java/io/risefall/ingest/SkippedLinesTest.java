package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import io.risefall.ingest.line.Block;
import io.risefall.ingest.line.BlockScanner;
import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.StatelessReaders;
import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.message.HealthLines;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.Corpus.Scenario;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is skipped, what comes out is what reading every line gives: the same events, the same rejected lines, the
 * same tally. On the corpus and on lines made to deceive, cut into blocks at random and scanned in any order.
 */
@Slow
class SkippedLinesTest {
    private static final int LONGEST = 1500;
    private static final String SOURCE = "file:/var/log/haproxy.log";
    private static final Set<String> TAGS = Set.of("haproxy", "edge.haproxy", "blue_lb");

    static Stream<Scenario> scenarios() {
        return Corpus.scenarios().stream();
    }

    static IntStream seeds() {
        return IntStream.range(0, Length.of(100, 400));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theCorpus(Scenario scenario) {
        JsonNode truth = scenario.truth();
        LineContext context = new LineContext(
                SOURCE,
                new LineDefaults(null, ZoneId.of(truth.get("tz").asText()), null, TAGS),
                Instant.ofEpochSecond(truth.get("ended").asLong()));
        Random random = new Random(scenario.name().hashCode());
        boolean blocks = random.nextBoolean();
        for (String form : scenario.forms()) {
            byte[] log = scenario.log(form);
            SourceOutcome expected = everyLine(context, log);
            // In turn, unless there is time for both.
            blocks = !blocks;
            if (blocks || Length.isLong()) {
                assertThat(inBlocks(context, log, random, 64 * 1024)).as(form).isEqualTo(expected);
            }
            if (!blocks || Length.isLong()) {
                assertThat(inOneThread(context, log, random)).as(form).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void linesMadeToDeceive(int seed) {
        Random random = new Random(seed);
        LineContext context = new LineContext(
                SOURCE,
                new LineDefaults(random.nextInt(4) == 0 ? "lb9" : null, ZoneId.of("Europe/Berlin"), null, TAGS),
                Instant.parse("2026-10-25T02:00:00Z"));
        byte[] log = new MisleadingLog(random).lines(1 + random.nextInt(500));
        SourceOutcome expected = everyLine(context, log);
        assertThat(inOneThread(context, log, random)).isEqualTo(expected);
        assertThat(inBlocks(context, log, random, 300)).isEqualTo(expected);
        assertThat(inBlocks(context, log, random, 20_000)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void messagesFromManySenders(int seed) {
        Random random = new Random(seed);
        LineContext context =
                new LineContext(SOURCE, new LineDefaults(null, ZoneId.of("Europe/Berlin"), null, TAGS), Instant.EPOCH);
        List<byte[]> messages = new MisleadingLog(random).messages(1 + random.nextInt(300));
        List<@Nullable String> senders = new ArrayList<>();
        messages.forEach(any -> senders.add(sender(random)));
        NonSkippingReader every = new NonSkippingReader();
        LineReader reader = StatelessReaders.of(context);
        LineReader skipping = new LineReader(context);
        RecordingSink sink = new RecordingSink();
        int[] range = new int[2];
        SourceReader reading = new SourceReader(
                new InMemorySource(lines -> messages(messages, senders, range[0], range[1], skipping, lines)), sink);
        while (range[0] < messages.size()) {
            range[1] = Math.min(messages.size(), range[0] + 1 + random.nextInt(5));
            messages(messages, senders, range[0], range[1], reader, every);
            assertThat(outcome(reading, sink)).isEqualTo(every.outcome());
            range[0] = range[1];
        }
    }

    /** Each thread scans blocks that are far apart. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aStampThatComesAgainMuchLater(int seed) {
        Random random = new Random(seed);
        LineContext context = new LineContext(
                SOURCE, LineDefaults.of(ZoneId.of("Europe/Berlin")), Instant.parse("2026-10-25T03:00:00Z"));
        StringBuilder log = new StringBuilder();
        for (String time : List.of("02:10:00", "02:50:00", "02:10:00")) {
            int lines = 2 + random.nextInt(12);
            for (int i = 0; i < lines; i++) {
                String node = i == 0 || i > 1 && random.nextBoolean() ? "lb1" : "lb2";
                log.append("Oct 25 " + time + " " + node + " haproxy[7]: 10.0.0.1:80 of no interest\n");
            }
        }
        byte[] bytes = log.toString().getBytes(StandardCharsets.US_ASCII);
        SourceOutcome expected = everyLine(context, bytes);
        assertThat(expected.tally().nodes()).containsValue(Instant.parse("2026-10-25T01:10:00Z"));
        assertThat(inBlocks(context, bytes, random, 300)).isEqualTo(expected);
    }

    @Test
    void mostTrafficIsNotRead() {
        LineContext context = new LineContext(SOURCE, LineDefaults.of(ZoneId.of("UTC")), Instant.EPOCH);
        LineReader reader = new LineReader(context);
        int read = 0;
        for (int n = 0; n < 1000; n++) {
            byte[] line = HealthLines.traffic(n).getBytes(StandardCharsets.US_ASCII);
            if (reader.skip(line, 0, line.length, null) < 0) {
                read++;
                reader.read(line, 0, line.length, 0, Instant.EPOCH, null);
            }
        }
        assertThat(read).isEqualTo(1);
    }

    @Test
    void aSkippedLineCostsNoObject() {
        LineContext context = new LineContext(SOURCE, LineDefaults.of(ZoneId.of("UTC")), Instant.EPOCH);
        byte[] log = IntStream.range(0, 5000)
                .mapToObj(n -> HealthLines.traffic(n) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
        Block block = new Block(log.length);
        System.arraycopy(log, 0, block.bytes(), 0, log.length);
        block.filled(log.length);
        // What the JVM makes for itself at the first use of this code.
        new BlockScanner(context).scan(block);
        BlockScanner scan = new BlockScanner(context);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        block.filled(log.length);
        scan.scan(block);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        // The first line is looked at, and the count is made: a few objects, but not one for each line.
        assertThat(allocated).isLessThan(5000 * 8);
    }

    private static @Nullable String sender(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> "10.0.0.2:5514";
            default -> "10.0.0.1:5514";
        };
    }

    private static void messages(
            List<byte[]> messages,
            List<@Nullable String> senders,
            int from,
            int to,
            LineReader reader,
            LineConsumer lines) {
        for (int i = from; i < to; i++) {
            byte[] message = messages.get(i);
            lines.line(reader, message, 0, message.length, i, NonSkippingReader.RECEIVED, senders.get(i), false);
        }
    }

    private static SourceOutcome everyLine(LineContext context, byte[] log) {
        NonSkippingReader every = new NonSkippingReader();
        LineReader reader = StatelessReaders.of(context);
        int from = 0;
        while (from < log.length) {
            int end = from;
            while (end < log.length && log[end] != '\n') {
                end++;
            }
            boolean cut = end - from > LONGEST;
            int to = cut ? from + LONGEST : end;
            to = !cut && to > from && log[to - 1] == '\r' ? to - 1 : to;
            byte[] alone = Arrays.copyOfRange(log, from, to);
            every.line(reader, alone, 0, alone.length, from, NonSkippingReader.RECEIVED, null, cut);
            from = end + 1;
        }
        return every.outcome();
    }

    private static SourceOutcome inOneThread(LineContext context, byte[] log, Random random) {
        LineReader reader = new LineReader(context);
        return through(lines -> {
            LineSplitter splitter = new LineSplitter(1000, LONGEST);
            InputStream in = new InputInPieces(log, random);
            while (splitter.read(in) > 0) {
                splitter.cut(taker(reader, lines));
            }
            splitter.cutLast(taker(reader, lines));
        });
    }

    private static SourceOutcome inBlocks(LineContext context, byte[] log, Random random, int size) {
        List<Block> blocks = new ArrayList<>();
        for (int at = 0; at < log.length; ) {
            int length = Math.min(log.length - at, 1 + random.nextInt(size));
            Block block = new Block(size);
            System.arraycopy(log, at, block.bytes(), 0, length);
            block.filled(length);
            blocks.add(block);
            at += length;
        }
        List<BlockScanner> scanners =
                List.of(new BlockScanner(context), new BlockScanner(context), new BlockScanner(context));
        List<Block> inAnyOrder = new ArrayList<>(blocks);
        Collections.shuffle(inAnyOrder, random);
        inAnyOrder.forEach(block -> scanners.get(random.nextInt(3)).scan(block));
        LineReader reader = new LineReader(context);
        return through(lines -> {
            LineSplitter splitter = new LineSplitter(1000, LONGEST);
            for (Block block : blocks) {
                block.handOver(splitter, taker(reader, lines), reader, lines);
            }
            splitter.cutLast(taker(reader, lines));
        });
    }

    private static LineSplitter.Taker taker(LineReader reader, LineConsumer lines) {
        return (b, from, to, at, cut) -> lines.line(reader, b, from, to, at, NonSkippingReader.RECEIVED, null, cut);
    }

    private static SourceOutcome through(InMemorySource.Hand hand) {
        RecordingSink sink = new RecordingSink();
        return outcome(new SourceReader(new InMemorySource(hand), sink), sink);
    }

    private static SourceOutcome outcome(SourceReader reading, RecordingSink sink) {
        try {
            reading.read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        reading.publishActivity();
        sink.commit();
        Instant last = reading.tally().lastLineAt();
        return SourceOutcome.of(
                sink.events(),
                sink.rejections().stream().map(SourceOutcome::show).toList(),
                reading.tally().position(reading.source(), last == null ? Instant.EPOCH : last, false, null),
                sink.signs());
    }

    /** Gives a few bytes at a time. */
    private static final class InputInPieces extends ByteArrayInputStream {
        private final Random random;

        InputInPieces(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, 1 + random.nextInt(700)));
        }
    }
}
