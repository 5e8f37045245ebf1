package io.risefall.app.retention;

import io.risefall.query.time.Durations;
import io.risefall.query.warehouse.facts.SealingAges;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** When the service writes days as files. */
public final class SealingOptions {
    private static final String NEVER = "never";
    private static final String ALWAYS = "always";

    @Option(
            names = "--seal-after",
            paramLabel = "AGE",
            defaultValue = NEVER,
            converter = AgeOrNeverConverter.class,
            description =
                    "write each day that is over for this long, such as 35d, as Parquet files to facts/ in the data directory, for "
                            + "any engine to read; or never (default: ${DEFAULT-VALUE})")
    private Duration after = Duration.ZERO;

    @Option(
            names = "--keep-rows",
            paramLabel = "AGE",
            defaultValue = ALWAYS,
            converter = AgeOrAlwaysConverter.class,
            description =
                    "after this long, such as 90d, the rows of sealed days leave the warehouse and are read from the files; not before "
                            + "--seal-after; or always: they stay (default: ${DEFAULT-VALUE})")
    private Duration keep = Duration.ZERO;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /**
     * When days are sealed, and when their rows leave; null: never.
     *
     * @throws ParameterException if rows would leave before their days are sealed
     */
    public @Nullable SealingAges ages() {
        if (after.isZero() && !keep.isZero()) {
            throw misused("--keep-rows needs --seal-after");
        }
        if (!keep.isZero() && keep.compareTo(after) < 0) {
            throw misused("--keep-rows is less than --seal-after");
        }
        return after.isZero() ? null : new SealingAges(after, keep.isZero() ? null : keep);
    }

    private ParameterException misused(String why) {
        return new ParameterException(command.commandLine(), why + ": rows leave when their day is in files");
    }

    private static Duration age(String value, String word) {
        if (value.equals(word) || value.equals("0")) {
            return Duration.ZERO;
        }
        try {
            Duration age = Durations.parse(value);
            if (age.compareTo(Duration.ofDays(1)) < 0) {
                throw new TypeConversionException("'" + value + "' is less than a day: give 1d or more, or " + word);
            }
            return age;
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage() + ", or " + word);
        }
    }

    /** Zero stands for never. */
    static final class AgeOrNeverConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            return age(value, NEVER);
        }
    }

    /** Zero stands for always. */
    static final class AgeOrAlwaysConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            return age(value, ALWAYS);
        }
    }
}
