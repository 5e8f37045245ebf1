package io.risefall.app.retention;

import io.risefall.query.text.Nearest;
import io.risefall.query.time.Durations;
import io.risefall.query.warehouse.facts.FactTable;
import io.risefall.query.warehouse.facts.FactTables;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** For how long the sealed days of a table are kept. */
record KeptAge(FactTable table, Duration age) {
    /** The first day that stays. */
    LocalDate from(Instant now) {
        return LocalDate.ofInstant(now.minus(age), ZoneOffset.UTC);
    }

    /** {@code events=400d}. */
    static final class Converter implements ITypeConverter<KeptAge> {
        @Override
        public KeptAge convert(String value) {
            int equals = value.indexOf('=');
            if (equals < 0) {
                throw new TypeConversionException("'" + value + "' is not TABLE=AGE, such as events=400d");
            }
            String name = value.substring(0, equals);
            List<FactTable> tables = FactTables.v1().withDays();
            FactTable table = tables.stream()
                    .filter(one -> one.table().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("no sealed days have a table '" + name + "'"
                            + Nearest.hint(
                                    name, tables.stream().map(FactTable::table).toList())));
            try {
                return new KeptAge(table, Durations.parse(value.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
