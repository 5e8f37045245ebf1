package io.risefall.schemas.state;

import org.jspecify.annotations.Nullable;

/** A record that names the lines that it follows from. */
public interface Traced {
    /** Those lines; null in records of an older build. */
    @Nullable Provenance provenance();
}
