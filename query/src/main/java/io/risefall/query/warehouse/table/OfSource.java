package io.risefall.query.warehouse.table;

import io.risefall.schemas.source.ReadPosition;
import java.util.Collection;
import java.util.List;

/** Something that belongs to a source: a row of a table beside the positions. */
record OfSource<R>(String source, R what) {
    static <R> List<OfSource<R>> all(ReadPosition position, Collection<R> rows) {
        return rows.stream().map(row -> new OfSource<>(position.source(), row)).toList();
    }
}
