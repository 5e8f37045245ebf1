package io.risefall.query.text;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a result, and their values as text and JSON. Times with a zone are ISO 8601 with their offset; what Java
 * cannot hold, as a nested value or an infinite day, comes as DuckDB's text.
 */
public final class Cells {
    /** Of those that have many values at once, Java would hold some thousand times as much. */
    private static final int LONGEST = 4 * 1024 * 1024;

    private static final Set<String> WIDE_NUMBERS = Set.of("HUGEINT", "UHUGEINT", "UBIGINT");
    private static final Set<String> AS_THEY_ARE = Set.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "HUGEINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE",
            "TIMESTAMP WITH TIME ZONE");

    /** What DuckDB calls infinite is the last and the first microsecond of its times. */
    private static final OffsetDateTime INFINITE =
            Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);

    private static final OffsetDateTime MINUS_INFINITE =
            Instant.EPOCH.minus(Long.MAX_VALUE, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .appendPattern("HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .optionalEnd()
            .appendOffset("+HH:MM", "+00:00")
            .toFormatter();

    private final List<String> names = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();
    private final List<String> typeNames = new ArrayList<>();

    public Cells(ResultSetMetaData columns) throws SQLException {
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnLabel(column));
            types.add(columns.getColumnType(column));
            typeNames.add(columns.getColumnTypeName(column));
        }
    }

    /** SQL that gives the value of {@code expression}, of this type of DuckDB's, as it can be read here. */
    public static String readable(String expression, String type) {
        if (AS_THEY_ARE.contains(type) || type.startsWith("DECIMAL(")) {
            return expression;
        }
        return readableText(expression, type);
    }

    /** As above, all of it as text. */
    public static String readableText(String expression, String type) {
        String text = type.equals("VARCHAR") ? expression : expression + "::varchar";
        return "case when strlen(" + text + ") > " + LONGEST + " then error('a value is longer than " + (LONGEST >> 20)
                + " MiB; select a part of it, for example with left(text, 1000) or list[1:1000]') else"
                + " " + text + " end";
    }

    public List<String> names() {
        return names;
    }

    /** Whether a column, from 1 on, is a number. */
    public boolean isNumber(int column) {
        return switch (types.get(column - 1)) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.FLOAT,
                    Types.REAL,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> true;
            default -> WIDE_NUMBERS.contains(typeNames.get(column - 1));
        };
    }

    /** The value of the current row in a column, from 1 on; null for null. */
    public @Nullable String text(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value == null) {
            return null;
        }
        return value instanceof OffsetDateTime time ? text(time) : rows.getString(column);
    }

    private static String text(OffsetDateTime time) {
        if (time.isEqual(INFINITE)) {
            return "infinity";
        }
        return time.isEqual(MINUS_INFINITE) ? "-infinity" : TIME.format(time);
    }

    public void json(ResultSet rows, int column, JsonGenerator json) throws SQLException, IOException {
        String text = text(rows, column);
        if (text == null) {
            json.writeNull();
        } else if (types.get(column - 1) == Types.BOOLEAN) {
            json.writeBoolean(rows.getBoolean(column));
        } else if (isNumber(column)) {
            boolean finite = text.chars().noneMatch(Character::isLetter) || text.matches("-?[0-9.]+[eE][-+]?[0-9]+");
            json.writeNumber(finite ? text : "null"); // JSON has no NaN and no infinity
        } else {
            json.writeString(text);
        }
    }
}
