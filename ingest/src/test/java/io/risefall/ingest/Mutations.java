package io.risefall.ingest;

import io.risefall.schemas.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Lines of real runs, changed a little or a lot: what the fuzz tests do in every build, without a fuzzer and always the
 * same. A failure names its input.
 */
public final class Mutations {
    private static final byte[] SPECIAL =
            "\n\r\0 \"'\\/:[]{}<>#.,!%()0123456789-\u00ff\u0080".getBytes(StandardCharsets.ISO_8859_1);
    private static final int SAMPLE = 400;

    private final Random random;
    private final List<byte[]> lines;

    /** @param forms of the corpus, as {@code rsyslog-iso.log} */
    public Mutations(long seed, String... forms) {
        random = new Random(seed);
        lines = new ArrayList<>();
        for (Corpus.Scenario scenario : Corpus.scenarios()) {
            for (String form : forms) {
                if (scenario.has(form)) {
                    sample(scenario.log(form));
                }
            }
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("no such form: " + List.of(forms));
        }
    }

    private void sample(byte[] log) {
        List<String> all = new String(log, StandardCharsets.ISO_8859_1).lines().toList();
        for (int i = 0; i < Math.min(SAMPLE, all.size()); i++) {
            lines.add(all.get(random.nextInt(all.size())).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Calls {@code oracle} with this many inputs. */
    public void run(int times, Consumer<byte[]> oracle) {
        for (int i = 0; i < times; i++) {
            byte[] input = next();
            try {
                oracle.accept(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("input: " + new String(input, StandardCharsets.ISO_8859_1), e);
            }
        }
    }

    private byte[] next() {
        byte[] line = lines.get(random.nextInt(lines.size())).clone();
        for (int edits = random.nextInt(5); edits > 0 && line.length > 0; edits--) {
            line = edit(line, random.nextInt(line.length));
        }
        return line;
    }

    private byte[] edit(byte[] line, int at) {
        byte[] other = lines.get(random.nextInt(lines.size()));
        int from = random.nextInt(other.length + 1);
        int to = from + random.nextInt(other.length - from + 1);
        return switch (random.nextInt(6)) {
            case 0 -> replaced(line, at, at + 1, new byte[] {SPECIAL[random.nextInt(SPECIAL.length)]});
            case 1 -> replaced(line, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 2 -> replaced(line, at, line.length, new byte[0]);
            case 3 -> replaced(line, at, Math.min(line.length, at + random.nextInt(20)), new byte[0]);
            case 4 -> replaced(line, at, at, slice(other, from, to));
            default -> replaced(line, at, line.length, slice(other, from, other.length));
        };
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] replaced(byte[] line, int from, int to, byte[] with) {
        byte[] result = new byte[line.length - (to - from) + with.length];
        System.arraycopy(line, 0, result, 0, from);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(line, to, result, from + with.length, line.length - to);
        return result;
    }
}
