package io.risefall.query.http.access;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Shakes hands with a server in memory: reading files does not tell whether a key belongs to its certificate. */
final class TlsTrial {
    /** Flights of a handshake, with a margin. */
    private static final int MOST_TURNS = 100;

    private TlsTrial() {}

    static void check(SslContext server) throws SSLException {
        SslContext client = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build();
        SSLEngine asks = client.newEngine(ByteBufAllocator.DEFAULT);
        SSLEngine answers = server.newEngine(ByteBufAllocator.DEFAULT);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        try {
            asks.beginHandshake();
            answers.beginHandshake();
            for (int turn = 0; turn < MOST_TURNS && !(isDone(asks) && isDone(answers)); turn++) {
                step(asks, toClient, toServer);
                step(answers, toServer, toClient);
            }
            if (!isDone(asks) || !isDone(answers)) {
                throw new SSLException("no handshake comes about");
            }
        } catch (SSLException e) {
            throw new SSLException("the key does not belong to the certificate, or one of them is of no use", e);
        }
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        ByteBuffer ignored = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            }
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                engine.unwrap(in, ignored);
                in.compact();
            }
            default -> {
                // the other one goes on
            }
        }
    }
}
