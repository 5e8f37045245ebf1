package io.risefall.ingest.network.syslog;

import io.risefall.ingest.network.DropCounters;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.tcp.TcpProtocol;

/** Syslog over TCP: messages only, no answers. What is received but not stored when the connection closes is lost. */
final class SyslogProtocol implements TcpProtocol {
    private static final byte TLS_HANDSHAKE = 22;
    private static final byte TLS_MAJOR = 3;

    private final JournalInput input;
    private final DropCounters drops;
    private final SyslogFraming framing;
    /** The next bytes are the first of a connection without TLS. */
    private boolean mayBeTls;

    private boolean over;

    /** @param plain whether the connection is without TLS */
    SyslogProtocol(JournalInput input, int longest, boolean plain) {
        this.input = input;
        this.drops = input.drops();
        this.framing = new SyslogFraming(longest, drops);
        this.mayBeTls = plain;
    }

    @Override
    public void add(byte[] bytes) {
        if (mayBeTls && isTls(bytes)) {
            drops.interrupted("connections closed: TLS on a plain listener; send plain, or listen with TLS");
            over = true;
        } else {
            framing.add(bytes);
        }
        mayBeTls = false;
    }

    /** The start of a TLS handshake; no syslog message begins like this. */
    private static boolean isTls(byte[] bytes) {
        return bytes.length >= 2 && bytes[0] == TLS_HANDSHAKE && bytes[1] == TLS_MAJOR;
    }

    @Override
    public Step next() {
        if (over) {
            return Step.END;
        }
        return framing.next() == SyslogFraming.Step.MESSAGE ? Step.MESSAGE : Step.NEEDS_BYTES;
    }

    @Override
    public boolean take(String sender) {
        return input.offer(sender, framing.message(), framing.length());
    }

    @Override
    public void takeLast(String sender) {
        if (framing.last() && !take(sender)) {
            drops.count("messages lost: the journal was full when their connection ended");
        }
    }

    @Override
    public boolean sendsAgain() {
        return false;
    }
}
