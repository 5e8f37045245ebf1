package io.risefall.ingest.network.tcp;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.risefall.ingest.network.DropCounters;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why a connection broke, as a fixed text: text that a peer can influence must not name a counter. */
final class ConnectionErrors {
    /** Java's prefix for a TLS alert of the other side. */
    private static final String ALERT = "Received fatal alert: ";

    private ConnectionErrors() {}

    /** Counts it, and logs the first of each reason with the error's text. */
    static void count(DropCounters drops, Throwable cause) {
        Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        String reason = reason(root);
        if (DropCounters.isDrop(reason)) {
            drops.count(reason);
        } else {
            drops.interrupted(reason);
        }
        drops.explain(reason, root);
    }

    private static String reason(Throwable root) {
        if (root instanceof SSLException broken) {
            return "connections closed: " + reason(broken);
        }
        if (root instanceof HAProxyProtocolException) {
            return DropCounters.NO_HEADER;
        }
        return root instanceof IOException
                ? "connections broken by the network or the sender"
                : "connections closed after an internal error: "
                        + root.getClass().getSimpleName();
    }

    private static String reason(SSLException broken) {
        if (broken instanceof NotSslRecordException) {
            return DropCounters.NOT_TAKEN + "TLS; send with TLS, or listen without";
        }
        if (broken instanceof SslHandshakeTimeoutException) {
            return "the TLS handshake timed out";
        }
        String text = Objects.toString(broken.getMessage(), "");
        int alert = text.indexOf(ALERT);
        if (alert >= 0 && (text.indexOf("certificate", alert) >= 0 || text.indexOf("unknown_ca", alert) >= 0)) {
            return "the sender does not accept this certificate";
        }
        boolean certificate = Stream.iterate((Throwable) broken, Objects::nonNull, Throwable::getCause)
                .anyMatch(CertificateException.class::isInstance);
        return certificate || text.contains("Empty client certificate chain")
                ? "the sender has no certificate, or one that is not accepted"
                : "the TLS handshake failed";
    }
}
