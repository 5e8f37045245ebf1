package io.risefall.query.report.text;

import io.risefall.query.report.cause.Diagnosis;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.text.NameList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Outages of one backend with one cause, so that what to do is told once.
 *
 * @param number its place in the list, from 1
 * @param servers their names, the first four
 * @param worst the outage whose diagnosis speaks for all: open before closed, long before short
 * @param outages all of them
 */
public record Advice(int number, String servers, DayOutage worst, List<DayOutage> outages) {
    private static final int MOST_NAMES = 4;

    /** What is known and to be done, in the words of the worst. */
    public Diagnosis diagnosis() {
        return worst.diagnosis();
    }

    /** One advice per backend and cause, the worst first. */
    static List<Advice> of(List<DayOutage> outages) {
        return of(outages, outage -> true);
    }

    /** The same, apart where that differs which is told of a group as a whole. */
    static List<Advice> of(List<DayOutage> outages, Function<DayOutage, Object> told) {
        Map<List<Object>, List<DayOutage>> groups = new LinkedHashMap<>();
        outages.stream()
                .sorted(Comparator.comparing((DayOutage outage) -> outage.endedAt() != null)
                        .thenComparing(outage -> -outage.inDayMs()))
                .forEach(outage -> groups.computeIfAbsent(
                                List.of(outage.proxy(), outage.diagnosis().cause(), told.apply(outage)),
                                key -> new ArrayList<>())
                        .add(outage));
        List<Advice> advice = new ArrayList<>();
        groups.values().forEach(group -> advice.add(new Advice(advice.size() + 1, names(group), group.get(0), group)));
        return advice;
    }

    private static String names(List<DayOutage> group) {
        List<String> names =
                group.stream().map(DayOutage::name).distinct().sorted().toList();
        return NameList.some(names, MOST_NAMES);
    }
}
