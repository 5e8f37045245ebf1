package io.risefall.streams.store;

import java.io.ByteArrayOutputStream;

/** Collects bytes after one that says their format. */
final class VersionedBytes extends ByteArrayOutputStream {
    private static final int USUAL = 512;

    VersionedBytes(byte version) {
        super(USUAL);
        write(version);
    }
}
