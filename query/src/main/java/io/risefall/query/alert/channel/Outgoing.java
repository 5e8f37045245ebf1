package io.risefall.query.alert.channel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a channel sends: an alert's message, or a document such as a report. As JSON it is stored until it is sent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "form")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AlertNotice.class, name = "alert"),
    @JsonSubTypes.Type(value = DocumentNotice.class, name = "document")
})
public sealed interface Outgoing permits AlertNotice, DocumentNotice {
    /** The same each time it is sent, so that receivers can fold repeats. */
    String deliveryId();
}
