package io.risefall.streams.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.streams.process.Generation;
import io.risefall.streams.process.Generations;
import io.risefall.streams.process.ProcessFact;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The HAProxy processes of one node, as far as its lines show. Pure. What follows for its servers is a {@link
 * ProcessTimeline}.
 *
 * @param generations every process
 * @param pidless what follows from lines without a pid
 * @param spans as an older build stored them: one entry per pid; null once their facts are stored
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Processes(
        Generations generations,
        @JsonProperty("nameless") PidlessProcess pidless,
        @Nullable List<Span> spans) {
    public static final Processes NONE = new Processes(Generations.NONE, PidlessProcess.NONE, null);

    public Processes {
        generations = generations == null ? Generations.NONE : generations;
        pidless = pidless == null ? PidlessProcess.NONE : pidless;
    }

    /** The record of a pid before version 10. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Span(
            long pid,
            Instant first,
            @Nullable Instant last,
            Set<String> proxies,
            Map<String, Instant> stops,
            @Nullable Instant alive) {}

    /** After one more fact, which is the latest or changes nothing that follows from later ones. */
    public Processes after(ProcessFact fact, Duration reach) {
        return with(generations.after(fact, reach));
    }

    /** With other processes. */
    public Processes with(Generations others) {
        return others.equals(generations) ? this : new Processes(others, pidless, spans);
    }

    /** After one more line without a pid. */
    public Processes apply(Instant at, HealthMessage message) {
        return new Processes(generations, pidless.apply(at, message), spans);
    }

    /** After signs of life without a pid, the last of them at {@code end}. */
    public Processes alive(Instant end) {
        return new Processes(generations, pidless.alive(end.truncatedTo(ChronoUnit.MINUTES)), spans);
    }

    /** The time of the last line of any process; null if there was none. */
    public @Nullable Instant lastHeard() {
        return generations.all().stream()
                .map(Generation::end)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** With the facts of an older build's spans, and without the spans. */
    public Processes withoutSpans(Generations ofFacts) {
        return new Processes(ofFacts, pidless, null);
    }

    /** The spans of an older build, as facts. */
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
