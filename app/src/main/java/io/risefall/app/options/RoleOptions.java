package io.risefall.app.options;

import io.risefall.query.warehouse.RolePatterns;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which backends have exactly one server up by design. Best set in the configuration file, once for every command. */
public final class RoleOptions {
    @Option(
            names = "--role-backend",
            paramLabel = "PATTERN",
            converter = OnePattern.class,
            description = "a backend in which one server is up by design, as with Patroni or Redis Sentinel: a name or "
                    + "pg_*; '!pg_ro' is none whatever its history; several times for several (default: learnt "
                    + "from history, and the report says so)")
    private @Nullable List<String> patterns;

    /** What is asked for here; null: what the data directory has from before. */
    public @Nullable RolePatterns given() {
        return patterns == null ? null : new RolePatterns(patterns);
    }

    /** What is asked for here, for a service: without a word, nothing is. */
    public RolePatterns all() {
        RolePatterns given = given();
        return given == null ? RolePatterns.NONE : given;
    }

    /** Refuses what can match no backend. */
    static final class OnePattern implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            try {
                return new RolePatterns(List.of(value)).text();
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
