package io.risefall.ingest.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ProtocolDetectionState;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;

/**
 * Reads the PROXY protocol's header, of which there must be one. Refuses a connection at the first bytes that cannot
 * begin it: the decoder alone would wait for a line end.
 */
final class ProxyHeader extends HAProxyMessageDecoder {
    private boolean looked;

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) throws Exception {
        if (!looked && received instanceof ByteBuf first) {
            looked = true;
            if (detectProtocol(first).state() == ProtocolDetectionState.INVALID) {
                first.release();
                throw new HAProxyProtocolException("no header of the PROXY protocol");
            }
        }
        super.channelRead(context, received);
    }
}
