package io.risefall.app.options;

import io.risefall.ingest.network.stats.StatsAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A stats socket: a path, or a loopback address. */
public final class StatsAddressConverter implements ITypeConverter<StatsAddress> {
    @Override
    public StatsAddress convert(String value) {
        try {
            return StatsAddress.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
