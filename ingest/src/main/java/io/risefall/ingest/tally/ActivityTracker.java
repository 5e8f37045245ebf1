package io.risefall.ingest.tally;

import io.risefall.ingest.line.skip.ActivityMinutes;
import io.risefall.schemas.source.ProcessActivity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The minutes in which each process of a source logged, and which of them are still to be published. A minute is
 * published once, and again only for an earlier first line. One thread.
 */
public final class ActivityTracker {
    /** Hours kept, over all processes, so that a minute is not published with every batch. */
    private static final int MAX = 4096;

    private record Hour(String node, @Nullable Long pid, Instant begin) {}

    private static final class Minutes {
        private long minutes;
        private long traffic;
        private Instant first;
        private Instant last;
        private boolean news = true;

        Minutes(ActivityMinutes lines) {
            minutes = lines.minutes();
            traffic = trafficOf(lines);
            first = lines.first();
            last = lines.last();
        }

        void add(ActivityMinutes lines) {
            news |= (lines.minutes() & ~minutes) != 0
                    || (trafficOf(lines) & ~traffic) != 0
                    || lines.first().isBefore(first);
            minutes |= lines.minutes();
            traffic |= trafficOf(lines);
            first = lines.first().isBefore(first) ? lines.first() : first;
            last = lines.last().isAfter(last) ? lines.last() : last;
        }
    }

    private static long trafficOf(ActivityMinutes lines) {
        return lines.traffic() ? lines.minutes() : 0;
    }

    private final String source;
    private final Map<Hour, Minutes> hours = new LinkedHashMap<>();
    private @Nullable Hour latestHour;
    private @Nullable Minutes latest;

    public ActivityTracker(String source) {
        this.source = source;
    }

    public void add(ActivityMinutes lines) {
        Hour hour = new Hour(lines.node(), lines.pid(), lines.hour());
        if (latest != null && hour.equals(latestHour)) {
            latest.add(lines);
            return;
        }
        Minutes known = hours.get(hour);
        if (known == null) {
            known = new Minutes(lines);
            hours.put(hour, known);
        } else {
            known.add(lines);
        }
        latestHour = hour;
        latest = known;
    }

    /** Returns what is to be published; it counts as published from now on. */
    public List<ProcessActivity> drain() {
        List<ProcessActivity> news = new ArrayList<>();
        hours.forEach((hour, minutes) -> {
            if (minutes.news) {
                minutes.news = false;
                news.add(new ProcessActivity(
                        hour.node,
                        source,
                        hour.pid,
                        hour.begin,
                        minutes.minutes,
                        minutes.traffic,
                        minutes.first,
                        minutes.last));
            }
        });
        Iterator<Hour> oldest = hours.keySet().iterator();
        while (hours.size() > MAX) {
            oldest.next();
            oldest.remove();
        }
        latest = null;
        latestHour = null;
        return news;
    }

    /** What was drained was not published after all, or other lines follow. */
    public void forget() {
        hours.clear();
        latest = null;
        latestHour = null;
    }
}
