package io.risefall.schemas.source;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has come to a listener before it is read: with the lines read so far it adds up, {@code received = lines +
 * waiting}. Counts go on over restarts.
 *
 * @param waiting messages taken and not read yet
 * @param dropped messages that came and were not taken, or not whole, by reason
 * @param interruptions connections refused, closed or broken and times senders waited, by reason; nothing that had come
 *     is lost by them
 * @param senders who has sent, the two hundred that spoke last one by one, and the others
 * @param clocks per node whose clock could be judged: milliseconds by which its stamps are behind the arrival of its
 *     lines; less than zero where its clock is ahead
 */
public record Arrivals(
        long waiting,
        Map<String, Long> dropped,
        Map<String, Long> interruptions,
        List<SenderTally> senders,
        Map<String, Long> clocks) {
    public Arrivals {
        dropped = Map.copyOf(dropped);
        senders = List.copyOf(senders);
        // Records of before it was known have neither.
        interruptions = interruptions == null ? Map.of() : Map.copyOf(interruptions);
        clocks = clocks == null ? Map.of() : Map.copyOf(clocks);
    }

    /** The same with these clocks. */
    public Arrivals withClocks(Map<String, Long> clocks) {
        return new Arrivals(waiting, dropped, interruptions, senders, clocks);
    }

    /** Nothing came. */
    public static final Arrivals NONE = new Arrivals(0, Map.of(), Map.of(), List.of(), Map.of());

    /** That of {@code position}, or nothing where it has none. */
    public static Arrivals of(@Nullable ReadPosition position) {
        return position == null || position.arrivals() == null ? NONE : position.arrivals();
    }
}
