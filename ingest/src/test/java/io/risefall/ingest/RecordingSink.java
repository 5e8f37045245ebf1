package io.risefall.ingest;

import io.risefall.ingest.publish.EventSink;
import io.risefall.ingest.publish.SinkLostException;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.state.Absence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sink that keeps what is committed, as Kafka does, and can be lost when told. */
final class RecordingSink implements EventSink {
    private final List<HealthEvent> events = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final Map<String, ReadPosition> positions = new HashMap<>();
    private final List<HealthEvent> newEvents = new ArrayList<>();
    private final List<Rejected> newRejected = new ArrayList<>();
    private final Map<String, ReadPosition> newPositions = new HashMap<>();
    private final List<ProcessActivity> signs = new ArrayList<>();
    private final List<ProcessActivity> newSigns = new ArrayList<>();
    private final List<Absence> absences = new ArrayList<>();
    private final List<Absence> newAbsences = new ArrayList<>();
    private final Set<String> newForgotten = new HashSet<>();
    private int positionsWritten;
    private int failingCommits;
    private @Nullable RuntimeException fatal;

    /** The next {@code count} commits are lost. */
    synchronized void loseCommits(int count) {
        failingCommits = count;
    }

    synchronized void failForGood(RuntimeException e) {
        fatal = e;
    }

    synchronized List<String> texts() {
        return events.stream().map(HealthEvent::line).toList();
    }

    synchronized List<HealthEvent> events() {
        return List.copyOf(events);
    }

    synchronized List<Rejected> rejections() {
        return List.copyOf(rejected);
    }

    synchronized @Nullable ReadPosition position(String source) {
        return positions.get(source);
    }

    synchronized int positionsWritten() {
        return positionsWritten;
    }

    /** Names of all sources and of the files that they left. */
    synchronized Set<String> known() {
        return Set.copyOf(positions.keySet());
    }

    @Override
    public synchronized Map<String, ReadPosition> open() {
        close();
        return Map.copyOf(positions);
    }

    @Override
    public synchronized void sign(ProcessActivity sign) {
        newSigns.add(sign);
    }

    synchronized List<ProcessActivity> signs() {
        return List.copyOf(signs);
    }

    @Override
    public synchronized void absence(Absence absence) {
        newAbsences.add(absence);
    }

    synchronized List<Absence> absences() {
        return List.copyOf(absences);
    }

    @Override
    public synchronized void event(HealthEvent event) {
        newEvents.add(event);
    }

    @Override
    public synchronized void rejected(Rejected one) {
        newRejected.add(one);
    }

    @Override
    public synchronized void position(ReadPosition position) {
        newPositions.put(position.source(), position);
    }

    @Override
    public synchronized void forget(String source) {
        newForgotten.add(source);
    }

    @Override
    public synchronized void commit() {
        if (fatal != null) {
            throw fatal;
        }
        if (failingCommits > 0) {
            failingCommits--;
            throw new SinkLostException("lost as told", new IllegalStateException());
        }
        events.addAll(newEvents);
        signs.addAll(newSigns);
        absences.addAll(newAbsences);
        rejected.addAll(newRejected);
        positions.putAll(newPositions);
        positions.keySet().removeAll(newForgotten);
        positionsWritten += newPositions.size();
        close();
    }

    @Override
    public synchronized void close() {
        newEvents.clear();
        newSigns.clear();
        newAbsences.clear();
        newRejected.clear();
        newPositions.clear();
        newForgotten.clear();
    }
}
