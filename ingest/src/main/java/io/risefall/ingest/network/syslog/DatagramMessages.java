package io.risefall.ingest.network.syslog;

import io.risefall.ingest.network.JournalInput;
import java.io.IOException;

/**
 * Puts datagrams into the journal, one message each. Their sender does not wait, so whatever finds no room in the journal is lost
 * and counted. One thread.
 */
final class DatagramMessages {
    private final JournalInput input;
    private final int longest;

    /** @param longest bytes kept of one message */
    DatagramMessages(JournalInput input, int longest) {
        this.input = input;
        this.longest = longest;
    }

    /** Takes the first {@code length} bytes of {@code datagram} without the line ends after them; an empty message is none. */
    void take(String sender, byte[] datagram, int length) {
        int end = length;
        while (end > 0 && SyslogFraming.isLineEnd(datagram[end - 1])) {
            end--;
        }
        if (end > longest) {
            end = longest;
            input.drops().count("messages longer than " + longest + " bytes; the rest was dropped");
        }
        if (end > 0) {
            append(sender, datagram, end);
        }
    }

    private void append(String sender, byte[] message, int length) {
        try {
            if (!input.append(sender, message, length)) {
                input.drops().count("messages lost: the journal was full");
            }
        } catch (IOException e) {
            input.drops().count("messages lost: the journal could not be written");
            input.drops().explain("the journal could not be written", e);
        }
    }

    /** Counts an error of the socket, and logs the first. */
    void socketFailed(Throwable cause) {
        input.drops().interrupted("socket errors");
        input.drops().explain("socket errors", cause);
    }
}
