package io.risefall.query.report.cause;

/** What is behind an outage: the six causes that users know, what else HAProxy can say, and that it cannot be told. */
public enum Cause {
    SERVER_NOT_RUNNING("backend server not running"),
    WRONG_CHECK_PORT("wrong check port"),
    HEALTH_URI_FAILING("health URI failing"),
    SERVICE_REFUSES("service answers with its own error"),
    OTHER_ANSWER("answer does not match the check"),
    NETWORK("network or firewall"),
    TIMEOUT_TOO_SHORT("timeout too short or server slow"),
    TLS("TLS handshake or certificate"),
    PROTOCOL_MIX_UP("HTTP/TCP mix-up in the check"),
    TRAFFIC_FAILS("live traffic fails"),
    AGENT_SAYS_DOWN("agent says down"),
    EXTERNAL_CHECK("check program fails"),
    FOLLOWS("follows another server"),
    OPERATOR("set by an operator"),
    DNS("name does not resolve"),
    MAINTENANCE("planned maintenance"),
    CANNOT_TELL("cause not logged");

    private final String words;

    Cause(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
