package io.risefall.app.options;

import io.risefall.query.warehouse.RolePatterns;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Role backends: one server is UP by design. Best set in the configuration file, for all commands. */
public final class RoleOptions {
    @Option(
            names = "--role-backend",
            paramLabel = "PATTERN",
            converter = PatternConverter.class,
            description = "backend in which one server is UP by design, as with Patroni or Redis Sentinel: a name or a "
                    + "pattern such as pg_*; '!pg_ro' excludes one; repeatable (default: learned from history, "
                    + "which reports show)")
    private @Nullable List<String> patterns;

    /** The given patterns; null: keep those of the data directory. */
    public @Nullable RolePatterns given() {
        return patterns == null ? null : new RolePatterns(patterns);
    }

    /** The given patterns, for a service: none without the option. */
    public RolePatterns all() {
        RolePatterns given = given();
        return given == null ? RolePatterns.NONE : given;
    }

    /** Rejects a pattern that can match no backend. */
    static final class PatternConverter implements ITypeConverter<String> {
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
