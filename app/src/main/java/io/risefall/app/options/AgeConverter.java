package io.risefall.app.options;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration such as {@code 12h}, {@code 3d}, {@code 90m} or {@code 45s}. */
public final class AgeConverter implements ITypeConverter<Duration> {
    private static final Pattern PATTERN = Pattern.compile("([1-9]\\d{0,5})\\s*([smhd])");

    @Override
    public Duration convert(String value) {
        Matcher age = PATTERN.matcher(value);
        if (!age.matches()) {
            throw new TypeConversionException(
                    "invalid duration '" + value + "': use 45s (seconds), 90m (minutes), 12h (hours) or 3d (days)");
        }
        long count = Long.parseLong(age.group(1));
        return switch (age.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
