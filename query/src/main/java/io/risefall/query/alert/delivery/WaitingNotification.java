package io.risefall.query.alert.delivery;

import java.time.Instant;

/**
 * A row that is to be sent.
 *
 * @param again whether its receiver knows it, and forgets
 * @param closes whether its alert ends with it
 */
record WaitingNotification(
        String deliveryId,
        String alertId,
        int sequence,
        String channel,
        boolean again,
        boolean closes,
        int attempts,
        Instant at,
        Instant due) {}
