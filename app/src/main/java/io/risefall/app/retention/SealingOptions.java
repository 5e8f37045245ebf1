package io.risefall.app.retention;

import io.risefall.query.time.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** When the service writes days as files. */
public final class SealingOptions {
    private static final String NEVER = "never";

    @Option(
            names = "--seal-after",
            paramLabel = "AGE",
            defaultValue = NEVER,
            converter = AgeOrNeverConverter.class,
            description =
                    "write each day that is over for this long, such as 35d, as Parquet files to facts/ in the data directory, for "
                            + "any engine to read; or never (default: ${DEFAULT-VALUE})")
    private Duration after = Duration.ZERO;

    /** How long a day must be over; null: never. */
    public @Nullable Duration after() {
        return after.isZero() ? null : after;
    }

    /** Zero stands for never. */
    static final class AgeOrNeverConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            if (value.equals(NEVER) || value.equals("0")) {
                return Duration.ZERO;
            }
            try {
                Duration age = Durations.parse(value);
                if (age.compareTo(Duration.ofDays(1)) < 0) {
                    throw new TypeConversionException(
                            "'" + value + "' is less than a day: give 1d or more, or " + NEVER);
                }
                return age;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage() + ", or " + NEVER);
            }
        }
    }
}
