package io.risefall.query.explain.line;

import io.risefall.query.sql.SqlQuery;
import io.risefall.schemas.state.Evidence.Role;
import io.risefall.schemas.state.Evidence.Rule;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line that a record follows from, as the warehouse has it.
 *
 * @param recordKey the record
 * @param role what it is for the record
 * @param rule of {@link Role#INFERRED}; else null
 * @param at when it happened, if no line is named; else null
 * @param place {@code source:position} of the line; null if none is named
 * @param leftOut how many more lines of these roles the record has
 * @param pid the process that was first seen then, by traffic; null if there is none
 * @param line the line; null if it is not in the warehouse
 */
public record EvidenceRow(
        String recordKey,
        Role role,
        @Nullable Rule rule,
        @Nullable Instant at,
        @Nullable String place,
        int leftOut,
        @Nullable Long pid,
        @Nullable EventRow line) {
    static EvidenceRow read(SqlQuery.Row row) throws SQLException {
        String rule = row.textOrNull("rule");
        return new EvidenceRow(
                row.text("record_key"),
                Role.of(row.text("role")),
                rule == null ? null : Rule.of(rule),
                row.atOrNull("only_at_us"),
                row.textOrNull("place"),
                row.count("left_out"),
                row.numberOrNull("began_pid"),
                row.flag("is_line") ? EventRow.read(row) : null);
    }
}
