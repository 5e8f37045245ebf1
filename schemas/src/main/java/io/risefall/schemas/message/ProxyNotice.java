package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a proxy: {@code Proxy P started.}, {@code Proxy P stopped (…)}, {@code Stopping backend P in N ms.}, …
 *
 * @param proxy its name
 * @param what which wording
 * @param proxyKind {@code frontend}, {@code backend}, {@code proxy} where the wording names it; else null
 * @param numbers the numbers of the wording, in their order
 * @param form which of several spellings of one wording, so that rendering gives the same bytes: null for the first;
 *     {@link #CUMULATED} for {@code stopped (cumulated conns: …)}; for a line that was cut, what stands after the name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProxyNotice(
        String proxy,
        What what,
        @Nullable String proxyKind,
        List<Long> numbers,
        @Nullable String form) implements HealthMessage {
    /** The {@link #form} of {@code stopped} since 2.2. */
    public static final String CUMULATED = "cumulated";

    public ProxyNotice {
        numbers = List.copyOf(numbers);
    }

    /** Which wording. */
    public enum What {
        STARTED,
        STOPPED,
        HARD_STOPPED,
        STOPPING,
        PAUSING,
        PAUSED,
        ENABLING,
        RESUMED;

        /** Whether the process serves the proxy no more. */
        public boolean ends() {
            return this == STOPPED || this == HARD_STOPPED;
        }
    }

    @Override
    public Kind kind() {
        return Kind.PROXY;
    }

    @Override
    public @Nullable ServerName serverName() {
        return null;
    }
}
