package io.risefall.app.mcp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, none of which takes more memory than allowed. One thread. */
final class MessageLines {
    /** As long as a statement of SQL may be at the service. */
    static final int LIMIT = 1024 * 1024;

    private final InputStream in;

    MessageLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * The next line without its end; null at the end of the stream.
     *
     * @throws RpcException where it is too long; the next call gives the line after it
     */
    byte @Nullable [] next() throws IOException, RpcException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long length = 0;
        int read = in.read();
        if (read < 0) {
            return null;
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            length++;
            if (length <= LIMIT) {
                line.write(read);
            }
        }
        if (length > LIMIT) {
            throw new RpcException(
                    RpcException.INVALID_REQUEST,
                    "a message of " + length + " bytes is longer than the " + LIMIT + " bytes that are read");
        }
        return line.toByteArray();
    }
}
