package io.risefall.schemas.event;

import io.risefall.schemas.json.JsonBytes.Literal;

/** The fields of an event, in the order of {@link EventJson}. */
final class EventFields {
    static final Literal AT = new Literal("{\"schema\":" + HealthEvent.SCHEMA + ",\"at\":");
    static final Literal PRECISE = new Literal(",\"precise\":");
    static final Literal RECEIVED_AT = new Literal(",\"receivedAt\":");
    static final Literal NODE = new Literal(",\"node\":");
    static final Literal PID = new Literal(",\"pid\":");
    static final Literal TAG = new Literal(",\"tag\":");
    static final Literal SEVERITY = new Literal(",\"severity\":");
    static final Literal MESSAGE = new Literal(",\"message\":");
    static final Literal FRAME_BEFORE = new Literal(",\"frame\":{\"before\":");
    static final Literal AFTER = new Literal(",\"after\":");
    static final Literal FRAME_WHOLE = new Literal(",\"frame\":{\"whole\":");
    static final Literal SOURCE = new Literal(",\"origin\":{\"source\":");
    static final Literal POSITION = new Literal(",\"position\":");
    static final Literal REPEAT = new Literal(",\"repeat\":");
    static final Literal SENDER = new Literal(",\"sender\":");
    static final Literal END = new Literal("}");
    static final Literal ENDS = new Literal("}}");

    static final Literal SWITCH = new Literal("{\"kind\":\"switch\",\"server\":");
    static final Literal CHECK = new Literal("{\"kind\":\"check\",\"server\":");
    static final Literal EMPTY = new Literal("{\"kind\":\"backend-empty\",\"proxy\":");
    static final Literal PROXY_KIND = new Literal(",\"proxyKind\":");
    static final Literal BACKUP = new Literal(",\"backup\":");
    static final Literal TRANSITION = new Literal(",\"transition\":");
    static final Literal UP = new Literal(",\"up\":");
    static final Literal DRAIN = new Literal(",\"drain\":");
    static final Literal CHANGED_FROM = new Literal(",\"changedFrom\":");
    static final Literal WHY = new Literal(",\"why\":");
    static final Literal VIA = new Literal(",\"via\":");
    static final Literal FQDN = new Literal(",\"fqdn\":");
    static final Literal AGENT = new Literal(",\"agent\":");
    static final Literal OUTCOME = new Literal(",\"outcome\":");
    static final Literal HEALTH = new Literal(",\"health\":");
    static final Literal THRESHOLD = new Literal(",\"threshold\":");
    static final Literal STATE = new Literal(",\"state\":");
    static final Literal CUT = new Literal(",\"cut\":");
    static final Literal TAIL = new Literal(",\"tail\":");
    static final Literal FORM = new Literal(",\"form\":");

    private EventFields() {}
}
