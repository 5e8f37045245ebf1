package io.risefall.query.alert.channel;

/** A receiver. Making one checks its settings and does nothing else; sending may be done by several threads at a time. */
public interface Channel {
    /** Where it sends to, as people may see it: no secret. */
    String target();

    /**
     * Sends, and returns when the receiver has acknowledged.
     *
     * @return the receiver's answer in a few words
     * @throws DeliveryException when it did not acknowledge; it may have taken it all the same
     * @throws InterruptedException when it is not worth to go on
     */
    String send(Outgoing outgoing) throws DeliveryException, InterruptedException;
}
