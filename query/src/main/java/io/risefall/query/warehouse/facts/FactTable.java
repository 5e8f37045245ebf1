package io.risefall.query.warehouse.facts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of the warehouse from which the views are made, as other engines may rely on it.
 *
 * @param table its name in the schema {@code store}
 * @param about what a row is
 * @param grows whether rows are only added, and never replaced or taken back
 * @param day the column whose day, in UTC, a row belongs to; a row without a value is not over yet. Null: {@code dayOf}, or none
 * @param dayOf the tables whose row of the same {@code record_key} says the day
 * @param order columns by which rows are sorted, so that the same rows always make the same file
 * @param rowId columns that tell one row from the others; empty: nothing does
 * @param columns all of them, in their order
 */
public record FactTable(
        String table,
        Kind kind,
        String about,
        boolean grows,
        @Nullable String day,
        List<String> dayOf,
        List<String> order,
        List<String> rowId,
        List<FactColumn> columns) {
    private static final Set<String> LEAVING =
            Set.of("events", "rejected", "states", "outages", "backend_outages", "rollups", "evidence");

    /** Where its rows come from, and whether they have a day. */
    public enum Kind {
        /** What topics say, day by day. */
        @JsonProperty("fact")
        FACT,
        /** What follows from facts, day by day: the views look it up, as to find it takes all lines. */
        @JsonProperty("derived")
        DERIVED,
        /** How things are now: rows have no day. */
        @JsonProperty("current")
        CURRENT
    }

    /** Copies the lists; those that a description leaves out are empty. */
    @SuppressWarnings("NullAway") // Jackson gives null for what is left out
    public FactTable {
        dayOf = dayOf == null ? List.of() : List.copyOf(dayOf);
        order = List.copyOf(order);
        rowId = List.copyOf(rowId);
        columns = List.copyOf(columns);
    }

    /** Whether its rows leave the warehouse with their day: those that grow with the lines. The others are few, or all of them are needed. */
    boolean leaves() {
        return LEAVING.contains(table);
    }

    /** Whether it has one row, or some, a record, which replace those of the record before. */
    boolean isKeyed() {
        return columns.stream().anyMatch(column -> column.name().equals("record_key"));
    }

    /** Whether a row says that of its line, and of nothing else: such rows are only added. */
    boolean hasLines() {
        return grows && !rowId.isEmpty();
    }

    /** Whether each of its rows belongs to a day, or will when it is over. */
    public boolean hasDays() {
        return day != null || !dayOf.isEmpty();
    }
}
