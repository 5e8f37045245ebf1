package io.risefall.app.options;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How old something is: {@code 12h}, {@code 3d}, {@code 90m}. */
public final class Age implements ITypeConverter<Duration> {
    private static final Pattern WORDS = Pattern.compile("([1-9]\\d{0,5})\\s*([mhd])");

    @Override
    public Duration convert(String value) {
        Matcher age = WORDS.matcher(value);
        if (!age.matches()) {
            throw new TypeConversionException("'" + value + "' is no age; say 12h (hours), 3d (days) or 90m (minutes)");
        }
        long count = Long.parseLong(age.group(1));
        return switch (age.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
