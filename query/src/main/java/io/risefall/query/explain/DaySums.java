package io.risefall.query.explain;

import io.risefall.query.explain.line.OutageRow;
import io.risefall.query.explain.model.Explanation.Sum;
import io.risefall.query.explain.subject.DayColumn;
import io.risefall.query.time.Durations;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of one row of {@code server_day}, with its numbers filled in: computed from intervals and outages, and held
 * against what the view says. Pure.
 *
 * @param stated the row of the view
 * @param periodMs length of the day as far as it has passed
 * @param pieces the state intervals, cut to the day
 * @param begun outages that began on the day
 * @param mended outages that ended on it with an UP
 * @param episodes how long each flapping episode lies in the day
 */
record DaySums(
        Map<DayColumn, Number> stated,
        long periodMs,
        List<DayPiece> pieces,
        List<OutageRow> begun,
        List<OutageRow> mended,
        List<Long> episodes) {
    /** More terms than these are not written out: the parts below have each. */
    private static final int TERMS = 12;

    Sum of(DayColumn column) {
        return switch (column) {
            case UP_MS -> ofState(column, "up");
            case DOWN_MS -> ofState(column, "down");
            case MAINT_MS -> ofState(column, "maint");
            case DRAIN_MS -> ofState(column, "drain");
            case UNKNOWN_MS -> unknown();
            case AVAILABILITY ->
                share(column, served(), served() + ms("down"), "(up + drain) / (up + drain + down)", "");
            case AVAILABILITY_LOW ->
                share(
                        column,
                        served() - doubted(DayColumn.DOUBTED_UP_MS),
                        served() + ms("down") + unknownMs(),
                        "(up + drain - doubted_up) / (up + drain + down + unknown)",
                        ": all unknown and doubtful time counted as down");
            case AVAILABILITY_HIGH ->
                share(
                        column,
                        served() + unknownMs() + doubted(DayColumn.DOUBTED_DOWN_MS),
                        served() + ms("down") + unknownMs(),
                        "(up + drain + unknown + doubted_down) / (up + drain + down + unknown)",
                        ": all unknown and doubtful time counted as up");
            case OUTAGES -> count(column, begun, "outages that began on the day");
            case FLAPS -> count(column, mended, "outages that ended with UP on the day");
            case FLAPPING_MS -> {
                long ms = episodes.stream().mapToLong(Long::longValue).sum();
                yield sum(column, terms(episodes, Long::longValue, "no flapping episode") + " = " + ms + " ms", ms);
            }
            case LONGEST_MS -> longest();
            case MTTR_MS -> mttr();
            case MTBF_MS -> mtbf();
            case DOUBTED_UP_MS, DOUBTED_DOWN_MS ->
                sum(
                        column,
                        "time in which a missing line may have changed the state (views doubts and losses) = "
                                + words(doubted(column)),
                        doubted(column));
        };
    }

    private Sum ofState(DayColumn column, String state) {
        List<DayPiece> own =
                pieces.stream().filter(piece -> piece.state().equals(state)).toList();
        return sum(column, terms(own, DayPiece::ms, "no interval of that state") + " = " + words(ms(state)), ms(state));
    }

    private Sum unknown() {
        return sum(
                DayColumn.UNKNOWN_MS,
                "the day " + periodMs + " - up " + ms("up") + " - down " + ms("down") + " - maint " + ms("maint")
                        + " - drain " + ms("drain") + " = " + words(unknownMs()),
                unknownMs());
    }

    private Sum share(DayColumn column, long part, long whole, String what, String note) {
        if (whole <= 0) {
            return sum(column, what + ": nothing to divide by, so there is none", null);
        }
        double share = (double) part / whole;
        return sum(column, what + " = " + part + " / " + whole + " = " + share + note, share);
    }

    private Sum count(DayColumn column, List<OutageRow> outages, String what) {
        return sum(column, what + ": " + ids(outages) + " = " + outages.size(), (long) outages.size());
    }

    private Sum longest() {
        List<DayPiece> down = pieces.stream()
                .filter(piece -> piece.state().equals("down"))
                .sorted(Comparator.comparing(DayPiece::ms).reversed())
                .toList();
        long ms = down.isEmpty() ? 0 : down.get(0).ms();
        return sum(
                DayColumn.LONGEST_MS,
                (down.isEmpty()
                                ? "no time down"
                                : "the longest of " + down.size() + (down.size() == 1 ? " interval" : " intervals")
                                        + " down, cut to the day")
                        + " = " + words(ms),
                ms);
    }

    private Sum mttr() {
        if (mended.isEmpty()) {
            return sum(DayColumn.MTTR_MS, "no outage ended with UP on the day, so there is none", null);
        }
        long all = mended.stream().mapToLong(OutageRow::durationMs).sum();
        long mean = (long) Math.rint((double) all / mended.size());
        return sum(
                DayColumn.MTTR_MS,
                "(" + terms(mended, OutageRow::durationMs, "") + ") / " + mended.size() + " = " + words(mean),
                mean);
    }

    private Sum mtbf() {
        if (begun.isEmpty()) {
            return sum(DayColumn.MTBF_MS, "no outage began on the day, so there is none", null);
        }
        long mean = served() / begun.size();
        return sum(
                DayColumn.MTBF_MS,
                "(up " + ms("up") + " + drain " + ms("drain") + ") / " + begun.size() + " outages, rounded down = "
                        + words(mean),
                mean);
    }

    private Sum sum(DayColumn column, String formula, @Nullable Number computed) {
        return new Sum(column.word(), formula, computed, stated.get(column));
    }

    private long ms(String state) {
        return pieces.stream()
                .filter(piece -> piece.state().equals(state))
                .mapToLong(DayPiece::ms)
                .sum();
    }

    private long doubted(DayColumn column) {
        Number said = stated.get(column);
        return said == null ? 0 : said.longValue();
    }

    private long served() {
        return ms("up") + ms("drain");
    }

    private long unknownMs() {
        return periodMs - ms("up") - ms("down") - ms("maint") - ms("drain");
    }

    private static String words(long ms) {
        return ms + " ms" + (ms < 1000 ? "" : " (" + Durations.text(ms) + ")");
    }

    private static String ids(List<OutageRow> outages) {
        if (outages.isEmpty()) {
            return "none";
        }
        String some = outages.stream().limit(TERMS).map(OutageRow::id).collect(Collectors.joining(" "));
        return outages.size() <= TERMS ? some : some + " …";
    }

    private static <T> String terms(List<T> parts, ToLongFunction<T> ms, String none) {
        if (parts.isEmpty()) {
            return none;
        }
        String some = parts.stream()
                .limit(TERMS)
                .map(part -> String.valueOf(ms.applyAsLong(part)))
                .collect(Collectors.joining(" + "));
        return parts.size() <= TERMS ? some : some + " + … (" + parts.size() + " terms, below)";
    }
}
