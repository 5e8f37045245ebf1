package io.risefall.ingest.unknown;

import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.UnknownHeaders;
import io.risefall.schemas.source.UnknownHeaders.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the lines of a source with a health sentence after an unknown header, with examples. Not thread-safe. */
public final class UnknownHeaderCounts {
    /** Shapes kept: people look at a few, and they go into every position record. */
    private static final int MAX_SHAPES = 8;

    private long lines;
    private final List<Shape> shapes = new ArrayList<>();

    /** Continues from what was published; null: starts from zero. */
    public void restore(@Nullable ReadPosition saved) {
        UnknownHeaders known = UnknownHeaders.of(saved);
        lines = known.lines();
        shapes.clear();
        shapes.addAll(known.shapes());
    }

    /**
     * Counts one.
     *
     * @return whether it is the first of a shape that is shown to users
     */
    public boolean count(UnknownHeader header) {
        lines++;
        for (int i = 0; i < shapes.size(); i++) {
            Shape shape = shapes.get(i);
            if (shape.shape().equals(header.shape())) {
                shapes.set(i, new Shape(shape.shape(), shape.lines() + 1, shape.example(), shape.tag()));
                return false;
            }
        }
        if (shapes.size() == MAX_SHAPES) {
            return false;
        }
        shapes.add(new Shape(header.shape(), 1, header.example(), header.tag()));
        return true;
    }

    public long lines() {
        return lines;
    }

    /** For the read position; null if there are none. */
    public @Nullable UnknownHeaders kept() {
        return lines == 0 ? null : new UnknownHeaders(lines, shapes);
    }
}
