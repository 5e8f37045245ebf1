package io.risefall.query.alert.channel;

import org.jspecify.annotations.Nullable;

/** A setting of a channel that makes no sense, in a sentence for whom set it. */
public final class SettingException extends IllegalArgumentException {
    private final @Nullable String key;

    /** @param key the key that is wrong; null: one is missing */
    public SettingException(@Nullable String key, String problem) {
        super(problem);
        this.key = key;
    }

    public @Nullable String key() {
        return key;
    }
}
