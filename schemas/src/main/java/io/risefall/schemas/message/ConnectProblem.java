package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * HAProxy itself could not connect: {@code Connect() failed for backend P: …}, {@code Cannot bind to source address
 * before connect() for backend P.} A sign of exhausted ports or a wrong {@code source}, not of a sick server.
 *
 * @param proxy the backend
 * @param what the words before the backend's name
 * @param detail the words after it, without the full stop: {@code no free ports}, on stderr {@code Aborting}; null where
 *     there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectProblem(
        String proxy, String what, @Nullable String detail) implements HealthMessage {
    @Override
    public Kind kind() {
        return Kind.CONNECT_PROBLEM;
    }

    @Override
    public @Nullable ServerName serverName() {
        return null;
    }
}
