package io.risefall.schemas.state;

import io.risefall.schemas.json.JsonBytes.Literal;

/** The fields of results, in the order of {@link ResultJson}. */
final class ResultFields {
    static final Literal OUTAGE = new Literal("{\"type\":\"outage\",\"node\":");
    static final Literal STATE_INTERVAL = new Literal("{\"type\":\"state\",\"node\":");
    static final Literal ROLLUP = new Literal("{\"node\":");
    static final Literal SERVER = new Literal(",\"server\":");
    static final Literal BACKUP = new Literal(",\"backup\":");
    static final Literal STARTED_AT = new Literal(",\"startedAt\":");
    static final Literal ENDED_AT = new Literal(",\"endedAt\":");
    static final Literal ENDED_BY = new Literal(",\"endedBy\":");
    static final Literal CHANGED_FROM = new Literal(",\"changedFrom\":");
    static final Literal VIA = new Literal(",\"via\":");
    static final Literal AGENT = new Literal(",\"agent\":");
    static final Literal JOINED = new Literal(",\"joined\":");
    static final Literal FIRST_FAILURE_AT = new Literal(",\"firstFailureAt\":");
    static final Literal BACKEND_EMPTIED = new Literal(",\"backendEmptied\":");
    static final Literal CERTAIN = new Literal(",\"certain\":");
    static final Literal PID = new Literal(",\"pid\":");
    static final Literal FIRST_SUCCESS_AT = new Literal(",\"firstSuccessAt\":");
    static final Literal STATE = new Literal(",\"state\":");
    static final Literal FROM_AT = new Literal(",\"fromAt\":");
    static final Literal TO_AT = new Literal(",\"toAt\":");
    static final Literal CAUSE = new Literal(",\"cause\":");
    static final Literal MINUTE = new Literal(",\"minute\":");
    static final Literal REASON = new Literal(",\"reason\":");
    static final Literal CODE = new Literal(",\"code\":");
    static final Literal FAILURES = new Literal(",\"failures\":");
    static final Literal DOWNS = new Literal(",\"downs\":");
    static final Literal MAX_DURATION = new Literal(",\"maxDurationMillis\":");

    static final Literal PROVENANCE = new Literal(",\"provenance\":{\"evidence\":[");
    static final Literal ROLE = new Literal("{\"role\":");
    static final Literal SOURCE = new Literal(",\"line\":{\"source\":");
    static final Literal POSITION = new Literal(",\"position\":");
    static final Literal REPEAT = new Literal(",\"repeat\":");
    static final Literal AT = new Literal(",\"at\":");
    static final Literal RULE = new Literal(",\"rule\":");
    static final Literal NEXT = new Literal(",");
    static final Literal EVIDENCE_END = new Literal("]");
    static final Literal LEFT_OUT = new Literal(",\"leftOut\":");
    static final Literal END = new Literal("}");

    private ResultFields() {}
}
