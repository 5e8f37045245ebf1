package io.risefall.query.alert.delivery;

import java.time.Instant;

/** A message, and what is said of it in the view. */
record StoredMessage(String alertId, int sequence, Instant at, String transition, String title, String message) {
    String deliveryId() {
        return alertId + "-" + sequence;
    }
}
