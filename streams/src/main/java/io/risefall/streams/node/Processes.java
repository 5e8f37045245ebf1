package io.risefall.streams.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.process.Generation;
import io.risefall.streams.process.Generations;
import io.risefall.streams.process.Lifetimes;
import io.risefall.streams.process.ProcessFact;
import io.risefall.streams.process.Reload;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The HAProxy processes of one node, as far as its lines tell, and what its servers hear of them. Pure.
 *
 * @param generations every process
 * @param nameless what lines without a pid tell
 * @param spans as an older build stored it: one entry a pid; null once its facts are kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Processes(
        Generations generations,
        PidlessProcess nameless,
        @Nullable List<Span> spans) {
    public static final Processes NONE = new Processes(Generations.NONE, PidlessProcess.NONE, null);

    public Processes {
        generations = generations == null ? Generations.NONE : generations;
        nameless = nameless == null ? PidlessProcess.NONE : nameless;
    }

    /** What was stored of a pid before version 10. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Span(
            long pid,
            Instant first,
            @Nullable Instant last,
            Set<String> proxies,
            Map<String, Instant> stops,
            @Nullable Instant alive) {}

    /** After one more fact, which comes after all before it or changes nothing else. */
    public Processes after(ProcessFact fact, Duration reach) {
        return with(generations.after(fact, reach));
    }

    /** With other processes. */
    public Processes with(Generations told) {
        return told.equals(generations) ? this : new Processes(told, nameless, spans);
    }

    /** After one more line that does not say whose it is. */
    public Processes heard(Instant at, HealthMessage message) {
        return new Processes(generations, nameless.heard(at, message), spans);
    }

    /** After signs of life that do not say whose they are, the last of them at {@code end}. */
    public Processes alive(Instant end) {
        return new Processes(generations, nameless.alive(end.truncatedTo(ChronoUnit.MINUTES)), spans);
    }

    /** When the last process of all was last heard; null while none was. */
    public @Nullable Instant lastHeard() {
        return generations.all().stream()
                .map(Generation::end)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    public Lifetimes lifetimes() {
        return Lifetimes.of(generations.all());
    }

    /** What servers of {@code proxy} hear of processes: begins, takeovers, ends, and stops that no takeover came before. */
    public List<StateInput> wordsFor(String proxy, Lifetimes lifetimes) {
        List<Generation> all = generations.all();
        if (all.stream().noneMatch(process -> process.proxies().contains(proxy))) {
            return nameless.wordsFor(proxy); // where some lines have pids, those tell all
        }
        List<Reload> reloads = lifetimes.reloads();
        List<StateInput> words = new ArrayList<>();
        all.stream()
                .filter(process -> process.proxies().contains(proxy))
                .findFirst()
                .ifPresent(process -> words.add(new StateInput.ProcessStarted(process.first())));
        for (Reload reload : reloads) {
            if (reload.proxies().contains(proxy)) {
                words.add(new StateInput.ProcessReplaced(reload.at(), reload.from(), reload.pid()));
            }
        }
        // Where stamps are of whole seconds, a stop in the second of a takeover came before it, unless it is the new
        // one's.
        words.sort(Comparator.comparing(StateInput::at));
        for (Generation process : all) {
            Instant stop = process.stops().get(proxy);
            if (stop != null && !Reload.isStale(reloads, process.pid(), proxy, stop)) {
                boolean own = reloads.stream()
                        .anyMatch(reload ->
                                reload.pid() == process.pid() && reload.at().equals(stop));
                words.add(place(words, stop, own), new StateInput.ProxyStopped(stop));
            }
        }
        for (Lifetimes.End end : lifetimes.ends()) {
            if (end.proxies().contains(proxy)) {
                words.add(place(words, end.at(), true), new StateInput.ProcessEnded(end.at()));
            }
        }
        return words;
    }

    private static int place(List<StateInput> words, Instant at, boolean behindThoseOfThen) {
        int place = 0;
        while (place < words.size()) {
            int order = words.get(place).at().compareTo(at);
            boolean before = order < 0
                    || (order == 0 && (behindThoseOfThen || !(words.get(place) instanceof StateInput.ProcessReplaced)));
            if (!before) {
                break;
            }
            place++;
        }
        return place;
    }

    /** When a process last took over from another, stopped or ended; the beginning of time if none did. */
    public Instant newestChange() {
        Instant newest = nameless.newestStop();
        for (Generation process : generations.all()) {
            for (Instant stop : process.stops().values()) {
                newest = later(newest, stop);
            }
            newest = later(newest, process.ended());
            newest = process.serves() ? later(newest, process.first()) : newest;
        }
        return newest;
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /** What of a process servers hear. */
    public record Told(
            long pid,
            Instant begin,
            Map<String, Instant> stops,
            @Nullable Instant ended) {

        /** Whether it is the same but for stops; notes of which proxies. */
        public boolean isSameButForStops(Told before, Set<String> proxies) {
            if (pid != before.pid || !begin.equals(before.begin) || !Objects.equals(ended, before.ended)) {
                return false;
            }
            stops.forEach((proxy, at) -> {
                if (!at.equals(before.stops.get(proxy))) {
                    proxies.add(proxy);
                }
            });
            before.stops.keySet().stream()
                    .filter(proxy -> !stops.containsKey(proxy))
                    .forEach(proxies::add);
            return true;
        }
    }

    /** Of each process that serves, what servers hear of it. */
    public List<Told> told() {
        return generations.all().stream()
                .filter(Generation::serves)
                .map(process -> new Told(process.pid(), process.first(), process.stops(), process.ended()))
                .toList();
    }

    /** What an older build had stored, as facts. */
    public List<ProcessFact> factsOfSpans() {
        List<ProcessFact> facts = new ArrayList<>();
        for (Span span : spans == null ? List.<Span>of() : spans) {
            facts.add(ProcessFact.alive(span.pid, span.first, span.alive == null ? span.first : span.alive));
            span.stops.forEach((proxy, at) -> facts.add(ProcessFact.stopped(span.pid, at, proxy)));
            span.proxies.forEach(proxy -> facts.add(ProcessFact.mentioned(span.pid, span.first, proxy)));
        }
        return facts;
    }
}
