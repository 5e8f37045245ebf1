package io.risefall.ingest.network.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the PROXY protocol's header, of which there must be one. Refuses a connection at the first byte that cannot
 * begin it, and one that ends within it: the decoder alone would wait for a line end.
 */
final class ProxyHeader extends HAProxyMessageDecoder {
    private static final byte[] VERSION_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION_2 = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);

    private byte[] beginning = VERSION_1;
    private int seen;
    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) throws Exception {
        if (received instanceof ByteBuf bytes && !begins(bytes)) {
            bytes.release();
            throw refusal();
        }
        super.channelRead(context, received);
    }

    private boolean begins(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && seen < beginning.length) {
            byte b = bytes.getByte(at++);
            if (seen == 0 && b == VERSION_2[0]) {
                beginning = VERSION_2;
            }
            if (b != beginning[seen++]) {
                return false;
            }
        }
        return true;
    }

    /** After a header this handler is removed, so a connection that ends here had none. A mere port check sends nothing and is not counted. */
    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (seen > 0 && !refused) {
            context.fireExceptionCaught(refusal());
        }
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        refused |= cause instanceof HAProxyProtocolException;
        super.exceptionCaught(context, cause);
    }

    private HAProxyProtocolException refusal() {
        refused = true;
        return new HAProxyProtocolException("no PROXY protocol header");
    }
}
