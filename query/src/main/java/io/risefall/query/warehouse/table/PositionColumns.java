package io.risefall.query.warehouse.table;

import static io.risefall.query.warehouse.table.Column.column;
import static io.risefall.query.warehouse.table.Column.optional;
import static io.risefall.query.warehouse.table.ColumnType.BIGINT;
import static io.risefall.query.warehouse.table.ColumnType.BOOLEAN;
import static io.risefall.query.warehouse.table.ColumnType.INTEGER;
import static io.risefall.query.warehouse.table.ColumnType.TIMESTAMPTZ;
import static io.risefall.query.warehouse.table.ColumnType.VARCHAR;

import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ProcessLevel;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.UnknownHeaders;
import io.risefall.schemas.source.Unstamped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** How the position of a source becomes rows: one of its own, and one in other tables for each of what it lists. */
final class PositionColumns {
    static final Layout<?, ?> WHOLE = Layout.of(
            ReadPosition.class,
            column("source", VARCHAR, ReadPosition::source),
            column("as_of", TIMESTAMPTZ, ReadPosition::asOf),
            column("live", BOOLEAN, ReadPosition::live),
            column("lines", BIGINT, ReadPosition::lines),
            column("events", BIGINT, ReadPosition::events),
            column("traffic", BIGINT, ReadPosition::traffic),
            column("foreign", BIGINT, ReadPosition::foreign),
            column("repeats", BIGINT, ReadPosition::repeats),
            column("rejected", BIGINT, ReadPosition::rejected),
            optional("first_at", TIMESTAMPTZ, ReadPosition::firstAt),
            optional("last_at", TIMESTAMPTZ, ReadPosition::lastAt),
            optional("waiting", BIGINT, position -> Arrivals.of(position).waiting()),
            optional("unstamped", BIGINT, position -> Unstamped.of(position).lines()),
            optional(
                    "unknown_header",
                    BIGINT,
                    position -> UnknownHeaders.of(position).lines()));

    static final Layout<?, ?> UNKNOWN = Layout.each(
            ReadPosition.class,
            PositionColumns::shapes,
            column("source", VARCHAR, OfSource::source),
            column("nth", INTEGER, one -> one.what().nth()),
            column("shape", VARCHAR, one -> one.what().shape().shape()),
            column("lines", BIGINT, one -> one.what().shape().lines()),
            column("example", VARCHAR, one -> one.what().shape().example()),
            optional("tag", VARCHAR, one -> one.what().shape().tag()));

    static final Layout<?, ?> CAPS = Layout.each(
            ReadPosition.class,
            PositionColumns::caps,
            column("source", VARCHAR, OfSource::source),
            column("node", VARCHAR, one -> one.what().node()),
            optional("pid", BIGINT, one -> one.what().pid()),
            column("cap", VARCHAR, one -> capOf(one.what())));

    static final Layout<?, ?> NODES = Layout.each(
            ReadPosition.class,
            position -> OfSource.all(position, position.nodes().entrySet()),
            column("source", VARCHAR, OfSource::source),
            column("node", VARCHAR, one -> one.what().getKey()),
            column("last_at", TIMESTAMPTZ, one -> one.what().getValue()));

    static final Layout<?, ?> DROPS = Layout.each(
            ReadPosition.class,
            position -> OfSource.all(position, Arrivals.of(position).dropped().entrySet()),
            column("source", VARCHAR, OfSource::source),
            column("reason", VARCHAR, one -> one.what().getKey()),
            column("dropped", BIGINT, one -> one.what().getValue()));

    static final Layout<?, ?> INTERRUPTIONS = Layout.each(
            ReadPosition.class,
            position ->
                    OfSource.all(position, Arrivals.of(position).interruptions().entrySet()),
            column("source", VARCHAR, OfSource::source),
            column("reason", VARCHAR, one -> one.what().getKey()),
            column("times", BIGINT, one -> one.what().getValue()));

    static final Layout<?, ?> CLOCKS = Layout.each(
            ReadPosition.class,
            position -> OfSource.all(position, Arrivals.of(position).clocks().entrySet()),
            column("source", VARCHAR, OfSource::source),
            column("node", VARCHAR, one -> one.what().getKey()),
            column("behind_ms", BIGINT, one -> one.what().getValue()));

    static final Layout<?, ?> SENDERS = Layout.each(
            ReadPosition.class,
            position -> OfSource.all(position, Arrivals.of(position).senders()),
            column("source", VARCHAR, OfSource::source),
            column("sender", VARCHAR, one -> one.what().sender()),
            column("messages", BIGINT, one -> one.what().messages()),
            column("bytes", BIGINT, one -> one.what().bytes()),
            column("last_at", TIMESTAMPTZ, one -> one.what().lastAt()));

    private PositionColumns() {}

    /** A form of a header, and its place among those of its source. */
    private record Nth(int nth, UnknownHeaders.Shape shape) {}

    private static List<OfSource<Nth>> shapes(ReadPosition position) {
        List<Nth> shapes = new ArrayList<>();
        UnknownHeaders.of(position).shapes().forEach(shape -> shapes.add(new Nth(shapes.size(), shape)));
        return OfSource.all(position, shapes);
    }

    private static List<OfSource<ProcessLevel>> caps(ReadPosition position) {
        return OfSource.all(
                position,
                position.levels().stream().filter(level -> level.cap() != null).toList());
    }

    private static String capOf(ProcessLevel level) {
        return Objects.requireNonNull(level.cap()).name().toLowerCase(Locale.ROOT);
    }
}
