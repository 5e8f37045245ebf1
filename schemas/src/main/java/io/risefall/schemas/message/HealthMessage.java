package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * What HAProxy said, typed: one record per family of wordings. What the line does not say is null, never guessed. One of them HAProxy did
 * not log, but answered: {@link ObservedServer}.
 * Thread-safe: immutable. Source of every wording: {@code server.c}, {@code check.c}, {@code proxy.c} of HAProxy.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerSwitch.class, name = "switch"),
    @JsonSubTypes.Type(value = CheckResult.class, name = "check"),
    @JsonSubTypes.Type(value = BackendEmpty.class, name = "backend-empty"),
    @JsonSubTypes.Type(value = ProxyNotice.class, name = "proxy"),
    @JsonSubTypes.Type(value = AddressChange.class, name = "address"),
    @JsonSubTypes.Type(value = ServerNotice.class, name = "server-notice"),
    @JsonSubTypes.Type(value = ServerSnapshot.class, name = "server-snapshot"),
    @JsonSubTypes.Type(value = ProxySnapshot.class, name = "proxy-snapshot"),
    @JsonSubTypes.Type(value = ConnectProblem.class, name = "connect-problem"),
    @JsonSubTypes.Type(value = MasterNotice.class, name = "master"),
    @JsonSubTypes.Type(value = ObservedServer.class, name = "observed")
})
public sealed interface HealthMessage
        permits ServerSwitch,
                CheckResult,
                BackendEmpty,
                ProxyNotice,
                AddressChange,
                ServerNotice,
                ServerSnapshot,
                ProxySnapshot,
                ConnectProblem,
                MasterNotice,
                ObservedServer {

    /** The family, for a switch on Java 17. */
    Kind kind();

    /** The proxy the message is about; empty for a message about processes. */
    String proxy();

    /** The server it is about, or null for a message about a whole proxy or a process. */
    @Nullable ServerName serverName();

    /** The message as HAProxy printed it (an answer in words of Risefall's), without a header, each byte a character (ISO 8859-1). */
    default String text() {
        return HealthLineRenderer.render(this);
    }

    /** One constant per record, and the word that stands for it in JSON and in the view {@code events}. */
    enum Kind {
        SWITCH("switch"),
        CHECK("check"),
        BACKEND_EMPTY("backend-empty"),
        PROXY("proxy"),
        ADDRESS("address"),
        SERVER_NOTICE("server-notice"),
        SERVER_SNAPSHOT("server-snapshot"),
        PROXY_SNAPSHOT("proxy-snapshot"),
        CONNECT_PROBLEM("connect-problem"),
        MASTER("master"),
        /** Asked for, not logged. */
        OBSERVED("observed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
