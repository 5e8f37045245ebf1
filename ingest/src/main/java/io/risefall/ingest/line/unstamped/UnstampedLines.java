package io.risefall.ingest.line.unstamped;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.Unstamped;
import io.risefall.schemas.source.Unstamped.Told;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives health lines without a timestamp the time of a nearby line with the same message: where HAProxy's log and its
 * copy on stderr meet in one file, often only one of them has timestamps. Nearby means within 16 KiB and 32 such lines,
 * before or after. No time is made up: a line without a timestamp repeats another line, or is not an event. Used by one
 * thread.
 */
public final class UnstampedLines {
    /** Limits what waits, because it is saved in the read position. */
    static final long REACH_BYTES = 16L * 1024;

    /** A longer line is not a health line. */
    public static final int LONGEST_LINE = 16 * 1024;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Deque<Told> times = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<ResolvedLine> settled = new ArrayList<>();
    private long lines;

    /** @param named whether the line names its host */
    private record Waiting(HealthEvent event, boolean named, byte[] line) {
        long position() {
            return event.origin().position();
        }

        ResolvedLine inVain() {
            return new ResolvedLine(event, false, line);
        }
    }

    /** As they were when {@code position} was published; null: nothing was read yet. */
    public static UnstampedLines of(@Nullable ReadPosition position) {
        Unstamped saved = Unstamped.of(position);
        UnstampedLines unstamped = new UnstampedLines();
        unstamped.lines = saved.lines();
        unstamped.times.addAll(saved.told());
        for (Unstamped.Waiting one : saved.waiting()) {
            byte[] line = one.line().getBytes(StandardCharsets.ISO_8859_1);
            HealthEvent event = withLine(one.event(), new String(line, StandardCharsets.UTF_8));
            unstamped.waiting.add(new Waiting(event, one.named(), line));
        }
        return unstamped;
    }

    /** A line with a timestamp; lines that waited for it are {@link #settled}. */
    public void timed(HealthEvent event) {
        Told line = new Told(
                event.at(),
                event.precise(),
                event.node(),
                event.pid(),
                messageOf(event),
                event.origin().position());
        forgetBefore(line.position());
        if (times.size() == Unstamped.MOST) {
            times.remove();
        }
        times.add(line);
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting one = all.next();
            if (isSame(one.event, one.named, line)) {
                all.remove();
                lines--;
                settled.add(new ResolvedLine(timed(one.event, line), true, one.line));
            }
        }
    }

    /**
     * A line without a timestamp.
     *
     * @param event the event, with its receive time
     * @param named whether it names its host
     * @param line its bytes
     * @return the event with the time of the line that repeats it; null if that line may still come, and this one waits
     */
    public @Nullable HealthEvent read(HealthEvent event, boolean named, byte[] line) {
        Waiting one = new Waiting(event, named, line);
        forgetBefore(one.position());
        for (Iterator<Told> latest = times.descendingIterator(); latest.hasNext(); ) {
            Told before = latest.next();
            if (isSame(event, named, before)) {
                return timed(event, before);
            }
        }
        if (waiting.size() == Unstamped.MOST) {
            settled.add(waiting.remove().inVain());
        }
        waiting.add(one);
        lines++;
        return null;
    }

    /** The lines resolved since the last call. */
    public List<ResolvedLine> settled() {
        if (settled.isEmpty()) {
            return List.of();
        }
        List<ResolvedLine> all = List.copyOf(settled);
        settled.clear();
        return all;
    }

    /** The source has ended: lines that still wait have no time. */
    public List<ResolvedLine> end() {
        waiting.forEach(one -> settled.add(one.inVain()));
        waiting.clear();
        return settled();
    }

    /** For the read position; null if no line lacks a timestamp. */
    public @Nullable Unstamped saved() {
        if (lines == 0 && times.isEmpty()) {
            return null;
        }
        return new Unstamped(
                lines,
                List.copyOf(times),
                waiting.stream()
                        .map(one -> new Unstamped.Waiting(
                                withLine(one.event, ""), one.named, new String(one.line, StandardCharsets.ISO_8859_1)))
                        .toList());
    }

    private void forgetBefore(long position) {
        while (!times.isEmpty() && times.element().position() < position - REACH_BYTES) {
            times.remove();
        }
        while (!waiting.isEmpty() && waiting.element().position() < position - REACH_BYTES) {
            settled.add(waiting.remove().inVain());
        }
    }

    private static boolean isSame(HealthEvent line, boolean named, Told other) {
        boolean sameProcess =
                line.pid() == null || other.pid() == null || line.pid().equals(other.pid());
        return sameProcess && (!named || line.node().equals(other.node())) && messageOf(line) == other.words();
    }

    /** Hash of the message; the copy on stderr writes {@code backend 'b'} with quotes. */
    private static long messageOf(HealthEvent event) {
        boolean spelled = event.message().kind() == HealthMessage.Kind.BACKEND_EMPTY;
        long hash = FNV_OFFSET;
        String text = event.text();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (!spelled || letter != '\'') {
                hash = (hash ^ letter) * FNV_PRIME;
            }
        }
        return hash;
    }

    private static HealthEvent timed(HealthEvent event, Told line) {
        Long pid = event.pid() == null ? line.pid() : event.pid();
        return with(event, line.at(), line.precise(), line.node(), pid, event.frame());
    }

    private static HealthEvent withLine(HealthEvent event, String line) {
        LineFrame frame = LineFrame.of(line, event.text());
        return with(event, event.at(), event.precise(), event.node(), event.pid(), frame);
    }

    private static HealthEvent with(
            HealthEvent event, Instant at, boolean precise, String node, @Nullable Long pid, LineFrame frame) {
        return new HealthEvent(
                at,
                precise,
                event.receivedAt(),
                node,
                pid,
                event.tag(),
                event.severity(),
                event.message(),
                frame,
                event.origin());
    }
}
