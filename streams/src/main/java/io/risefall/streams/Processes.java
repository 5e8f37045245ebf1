package io.risefall.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.HealthMessage;
import io.risefall.schemas.ProxyNotice;
import io.risefall.schemas.ServerSwitch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The HAProxy processes of one node, as far as its lines tell. A process takes over from another when both spoke of the
 * same proxy and the earlier one said nothing of servers any more: two HAProxies on one host that go on side by side are
 * not a reload. Pure; the same lines in any order give the same.
 *
 * @param spans every process, in the order of its first line
 * @param nameless what lines without a pid tell; null, as it was stored once: nothing
 */
record Processes(List<Span> spans, @Nullable Nameless nameless) {
    static final Processes NONE = new Processes(List.of(), Nameless.NONE);

    /** The last lines of an old worker can come after the first ones of the new. */
    private static final Duration OVERLAP = Duration.ofSeconds(2);
    /** So many processes are known in any case: what servers hear of a process goes back to the one before. */
    private static final int AT_LEAST = 100;
    /** A node that reloads so often within the time that corrections reach back forgets the oldest of them. */
    private static final int AT_MOST = 2000;
    /** After so long a silence the same pid is another process, if others came between. */
    private static final Duration REUSE = Duration.ofHours(1);

    Processes {
        spans = List.copyOf(spans);
        nameless = nameless == null ? Nameless.NONE : nameless;
    }

    /**
     * One process.
     *
     * @param pid its pid
     * @param first its first line of any kind
     * @param last second of its last line about a server or backend, of which old workers say no more; null before the
     *     first
     * @param proxies the proxies that it spoke of
     * @param stops when it stopped serving which proxy
     * @param alive its latest sign of life, to the minute; null while none was heard of
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Span(
            long pid,
            Instant first,
            @Nullable Instant last,
            Set<String> proxies,
            Map<String, Instant> stops,
            @Nullable Instant alive) {
        Span {
            proxies = Set.copyOf(proxies);
            stops = Map.copyOf(stops);
        }

        /** Its last line that is known. */
        Instant end() {
            Instant word = last == null ? first : last;
            return alive == null || word.isAfter(alive) ? word : alive;
        }

        /** With lines of any kind from {@code begin} to {@code end}. */
        Span alive(Instant begin, Instant end) {
            Instant latest = alive == null || end.isAfter(alive) ? end : alive;
            return new Span(pid, earlier(begin, first), last, proxies, stops, latest);
        }

        /** A state that is carried over is printed up to 2.2 by the master, which goes on beside its workers. */
        private static boolean saysNothingOfServers(HealthMessage message) {
            return message instanceof ProxyNotice || (message instanceof ServerSwitch said && said.carriedOver());
        }

        Span heard(Instant at, HealthMessage message) {
            Set<String> known = proxies;
            if (!proxies.contains(message.proxy())) {
                known = new TreeSet<>(proxies);
                known.add(message.proxy());
            }
            // To the second: the overlap is two of them, and what did not change need not be stored.
            Instant word = saysNothingOfServers(message) ? null : at.truncatedTo(ChronoUnit.SECONDS);
            Map<String, Instant> stopped = stops;
            if (message instanceof ProxyNotice notice && notice.what().ends()) {
                stopped = new TreeMap<>(stops);
                stopped.merge(notice.proxy(), at, Processes::earlier);
            }
            return new Span(
                    pid,
                    earlier(at, first),
                    word != null && (last == null || word.isAfter(last)) ? word : last,
                    known,
                    stopped,
                    alive);
        }
    }

    /**
     * A process that took over.
     *
     * @param at its first line
     * @param pid its pid
     * @param from the pid before it
     * @param proxies what either of them, or one before, spoke of
     */
    record Reload(Instant at, long pid, long from, Set<String> proxies) {

        /** Whether a line that {@code oldPid} prints of {@code proxy} at {@code time} comes from a replaced worker. */
        boolean replaces(long oldPid, String proxy, Instant time) {
            return from == oldPid && time.isAfter(at) && proxies.contains(proxy);
        }
    }

    /** Of a second, a stamp with fractions goes before one that only names the second: another source may have both. */
    private static Instant earlier(Instant one, Instant other) {
        Instant second = one.truncatedTo(ChronoUnit.SECONDS);
        if (second.equals(other.truncatedTo(ChronoUnit.SECONDS)) && (one.equals(second) || other.equals(second))) {
            return one.equals(second) ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /**
     * After one more line.
     *
     * @param reach processes that ended so long before the newest began are history
     */
    Processes heard(long pid, Instant at, HealthMessage message, Duration reach) {
        int place = place(pid, at);
        Span before = place < 0 ? begun(pid, at) : spans.get(place);
        return with(place, before, before.heard(at, message), reach);
    }

    /**
     * After signs of life: lines of any kind from {@code begin} to {@code end}. Who is known by them alone speaks of no
     * proxy, and takes over from nobody.
     */
    Processes alive(long pid, Instant begin, Instant end, Duration reach) {
        int place = place(pid, begin);
        Span before = place < 0 ? begun(pid, begin) : spans.get(place);
        return with(place, before, before.alive(begin, end.truncatedTo(ChronoUnit.MINUTES)), reach);
    }

    /** After one more line that does not say whose it is. */
    Processes heard(Instant at, HealthMessage message) {
        return new Processes(spans, nameless.heard(at, message));
    }

    /** After signs of life that do not say whose they are, the last of them at {@code end}. */
    Processes alive(Instant end) {
        return new Processes(spans, nameless.alive(end.truncatedTo(ChronoUnit.MINUTES)));
    }

    private static Span begun(long pid, Instant at) {
        return new Span(pid, at, null, Set.of(), Map.of(), null);
    }

    private Processes with(int place, Span before, Span after, Duration reach) {
        if (place >= 0 && after.equals(before)) {
            return this;
        }
        List<Span> next = new ArrayList<>(spans);
        if (place < 0) {
            next.add(after);
        } else {
            next.set(place, after);
        }
        next.sort(Comparator.comparing(Span::first).thenComparing(Span::pid));
        Instant oldest = next.get(next.size() - 1).first.minus(reach);
        int drop = Math.max(0, next.size() - AT_MOST);
        while (next.size() - drop > AT_LEAST && next.get(drop).end().isBefore(oldest)) {
            drop++;
        }
        return new Processes(next.subList(drop, next.size()), nameless);
    }

    /** Where the process stands that printed a line; -1: it is not known yet. */
    private int place(long pid, Instant at) {
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).pid == pid && !reused(spans.get(i), at)) {
                return i;
            }
        }
        return -1;
    }

    /** When the last process of all was last heard; null while none was. */
    @Nullable Instant lastHeard() {
        return spans.stream().map(Span::end).max(Comparator.naturalOrder()).orElse(null);
    }

    private boolean reused(Span span, Instant at) {
        if (Duration.between(span.end(), at).compareTo(REUSE) <= 0) {
            return false;
        }
        return spans.stream().anyMatch(other -> other.pid != span.pid && other.first.isAfter(span.first));
    }

    /** Every reload, in the order of time. */
    List<Reload> reloads() {
        if (spans.size() < 2) {
            return List.of();
        }
        List<Family> families = new ArrayList<>();
        List<Reload> reloads = new ArrayList<>();
        for (Span span : spans) {
            if (span.proxies.isEmpty()) {
                continue;
            }
            Family family = families.stream()
                    .filter(candidate -> candidate.endsBefore(span))
                    .findFirst()
                    .orElse(null);
            if (family == null) {
                families.add(new Family(span));
                continue;
            }
            long from = family.current.pid;
            family.current = span;
            family.proxies.addAll(span.proxies);
            reloads.add(new Reload(span.first, span.pid, from, Set.copyOf(family.proxies)));
        }
        return reloads;
    }

    /** When a process last took over from another or stopped; the beginning of time if none did. */
    Instant newestChange() {
        Instant newest = nameless.newestStop();
        for (Span span : spans) {
            for (Instant stop : span.stops.values()) {
                newest = stop.isAfter(newest) ? stop : newest;
            }
            newest = !span.proxies.isEmpty() && span.first.isAfter(newest) ? span.first : newest;
        }
        return newest;
    }

    /** When each process that spoke of a proxy was first heard. */
    Map<Long, Instant> beginsOfServing() {
        Map<Long, Instant> begins = new TreeMap<>();
        spans.stream()
                .filter(span -> !span.proxies.isEmpty())
                .forEach(span -> begins.merge(span.pid, span.first, (one, other) -> one.isBefore(other) ? one : other));
        return begins;
    }

    /** What servers of {@code proxy} hear of processes: begins, takeovers, and stops that no takeover came before. */
    List<Word> wordsFor(String proxy) {
        if (spans.stream().noneMatch(span -> span.proxies.contains(proxy))) {
            return nameless.wordsFor(proxy); // where some lines have pids, those tell all
        }
        List<Reload> reloads = reloads();
        List<Word> words = new ArrayList<>();
        spans.stream()
                .filter(span -> span.proxies.contains(proxy))
                .findFirst()
                .ifPresent(span -> words.add(new Word.Began(span.first)));
        for (Reload reload : reloads) {
            if (reload.proxies().contains(proxy)) {
                words.add(new Word.Reloaded(reload.at(), reload.from()));
            }
        }
        // Where stamps are of whole seconds, a stop in the second of a takeover came before it, unless it is the new
        // one's.
        words.sort(Comparator.comparing(Word::at));
        for (Span span : spans) {
            Instant stop = span.stops.get(proxy);
            if (stop != null && reloads.stream().noneMatch(reload -> reload.replaces(span.pid, proxy, stop))) {
                boolean own = reloads.stream()
                        .anyMatch(reload ->
                                reload.pid() == span.pid && reload.at().equals(stop));
                words.add(place(words, stop, own), new Word.Stopped(stop));
            }
        }
        return words;
    }

    private static int place(List<Word> words, Instant at, boolean behindThoseOfThen) {
        int place = 0;
        while (place < words.size()) {
            int order = words.get(place).at().compareTo(at);
            boolean before =
                    order < 0 || (order == 0 && (behindThoseOfThen || !(words.get(place) instanceof Word.Reloaded)));
            if (!before) {
                break;
            }
            place++;
        }
        return place;
    }

    /** One HAProxy through its reloads. */
    private static final class Family {
        private Span current;
        private final Set<String> proxies;

        Family(Span first) {
            current = first;
            proxies = new TreeSet<>(first.proxies);
        }

        boolean endsBefore(Span next) {
            return (current.last == null || !current.last.isAfter(next.first.plus(OVERLAP)))
                    && next.proxies.stream().anyMatch(proxy -> proxies.contains(proxy) && !internal(proxy));
        }

        /** {@code <HTTPCLIENT>} and the like: every HAProxy has them. */
        private static boolean internal(String proxy) {
            return proxy.startsWith("<");
        }
    }
}
