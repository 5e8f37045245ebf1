package io.risefall.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The HAProxy processes of one node, as far as its lines tell. A process takes over from another when both spoke of the
 * same proxy and the earlier one said nothing of servers any more: two HAProxies on one host that go on side by side are
 * not a reload. Pure; the same lines in any order give the same.
 *
 * @param spans every process, in the order of its first line
 */
record Processes(List<Span> spans) {
    static final Processes NONE = new Processes(List.of());

    /** The last lines of an old worker can come after the first ones of the new. */
    private static final Duration OVERLAP = Duration.ofSeconds(2);
    /** Reloads older than so many processes are history: their servers have long been heard of again. */
    private static final int KEPT = 100;
    /** After so long a silence the same pid is another process, if others came between. */
    private static final Duration REUSE = Duration.ofHours(1);

    Processes {
        spans = List.copyOf(spans);
    }

    /**
     * One process.
     *
     * @param pid its pid
     * @param first its first line of any kind
     * @param last its last line about a server or backend, of which old workers say no more; null before the first
     * @param proxies the proxies that it spoke of
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Span(long pid, Instant first, @Nullable Instant last, Set<String> proxies) {
        Span {
            proxies = Set.copyOf(proxies);
        }

        Span heard(String proxy, Instant at, boolean ofServers) {
            Set<String> known = proxies;
            if (!proxies.contains(proxy)) {
                known = new TreeSet<>(proxies);
                known.add(proxy);
            }
            return new Span(
                    pid,
                    at.isBefore(first) ? at : first,
                    ofServers && (last == null || at.isAfter(last)) ? at : last,
                    known);
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
    record Reload(Instant at, long pid, long from, Set<String> proxies) {}

    /** After one more line. {@code ofServers}: about the health of servers, not about the process itself. */
    Processes heard(long pid, String proxy, Instant at, boolean ofServers) {
        List<Span> next = new ArrayList<>(spans.size() + 1);
        boolean found = false;
        for (Span span : spans) {
            if (!found && span.pid == pid && !reused(span, at)) {
                found = true;
                next.add(span.heard(proxy, at, ofServers));
            } else {
                next.add(span);
            }
        }
        if (!found) {
            next.add(new Span(pid, at, ofServers ? at : null, Set.of(proxy)));
        }
        next.sort(Comparator.comparing(Span::first).thenComparing(Span::pid));
        return new Processes(next.size() > KEPT ? next.subList(next.size() - KEPT, next.size()) : next);
    }

    private boolean reused(Span span, Instant at) {
        Instant end = span.last == null ? span.first : span.last;
        if (Duration.between(end, at).compareTo(REUSE) <= 0) {
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
