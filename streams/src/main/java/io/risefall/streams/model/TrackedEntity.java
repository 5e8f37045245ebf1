package io.risefall.streams.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.risefall.schemas.key.HealthKey;
import io.risefall.schemas.key.ServerName;

/**
 * What has a state: a server on a node, or (with an empty server) a backend on a node.
 *
 * @param node the HAProxy host
 * @param proxy the proxy; empty for the processes of the node
 * @param server the server's name; empty for the backend as a whole: HAProxy has no empty names
 */
public record TrackedEntity(String node, String proxy, String server) {
    public static TrackedEntity of(String node, ServerName name) {
        return new TrackedEntity(node, name.proxy(), name.server());
    }

    public static TrackedEntity backend(String node, String proxy) {
        return new TrackedEntity(node, proxy, "");
    }

    /** Stands for the processes of a node, whose timeline is built again. */
    public static TrackedEntity processes(String node) {
        return new TrackedEntity(node, "", "");
    }

    @JsonIgnore
    public boolean isProcesses() {
        return proxy.isEmpty();
    }

    @JsonIgnore
    public boolean isBackend() {
        return server.isEmpty();
    }

    /** The backend that a server belongs to. */
    public TrackedEntity backend() {
        return backend(node, proxy);
    }

    /** The key in stores; all entities of a node share the prefix {@link #nodeKey}. */
    public String key() {
        return HealthKey.escape(node) + "/" + proxy + "/" + server;
    }

    /** The prefix of the keys of all entities of a node. */
    public static String nodeKey(String node) {
        return new HealthKey(node, "").toString();
    }
}
