package io.risefall.query.alert.channel;

import io.risefall.query.alert.model.AlertMessage;

/**
 * A message of an alert.
 *
 * @param link where to look; absolute if the public address is known, else a path
 * @param test whether somebody tries a route, and nothing is wrong
 */
public record AlertNotice(AlertMessage message, String link, boolean test) implements Outgoing {
    @Override
    public String deliveryId() {
        return message.id();
    }
}
