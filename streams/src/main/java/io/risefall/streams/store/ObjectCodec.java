package io.risefall.streams.store;

/** How an object is stored under its key. What an older build stored can be read. Thread-safe. */
interface ObjectCodec<V> {
    byte[] encode(String key, V object);

    /** @throws IllegalStateException if a newer build stored it, or it is damaged */
    V decode(String key, byte[] stored);
}
