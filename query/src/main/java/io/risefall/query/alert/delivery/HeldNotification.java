package io.risefall.query.alert.delivery;

/** A row that quiet hours kept back. */
record HeldNotification(
        String deliveryId,
        String alertId,
        int sequence,
        String channel,
        String route,
        String transition,
        String title,
        boolean told) {}
