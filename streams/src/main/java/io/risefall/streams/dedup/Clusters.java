package io.risefall.streams.dedup;

import io.risefall.streams.model.Line;
import io.risefall.streams.model.LineKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** The lines of an entity in clusters so far apart that no line of one has a duplicate in another; one after another. */
public final class Clusters implements Iterator<List<KeyValue<String, Line>>> {
    private final Iterator<KeyValue<String, Line>> lines;
    private @Nullable KeyValue<String, Line> next;

    /** @param lines in the order of {@link LineKey} */
    public Clusters(Iterator<KeyValue<String, Line>> lines) {
        this.lines = lines;
        next = lines.hasNext() ? lines.next() : null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public List<KeyValue<String, Line>> next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        List<KeyValue<String, Line>> cluster = new ArrayList<>();
        KeyValue<String, Line> before;
        do {
            before = next;
            cluster.add(before);
            next = lines.hasNext() ? lines.next() : null;
        } while (next != null && !Deduplicator.areApart(before.value, next.value));
        return cluster;
    }
}
