package io.risefall.app.options;

import io.risefall.query.text.Nearest;
import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time zone by its name in the tz database, or by its offset. */
public final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String value) {
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + value + "' is not a time zone such as Europe/Berlin, UTC or +02:00"
                    + Nearest.hint(value, ZoneId.getAvailableZoneIds()));
        }
    }
}
