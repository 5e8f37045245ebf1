package io.risefall.query.alert.http;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Refuses addresses at which a cloud gives out credentials, and others of the own link: a receiver's name may lead there. Java
 * remembers a name's addresses for 30 s, so that what is looked at is what is connected to.
 */
final class AddressGuard {
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    /** Where EC2 gives out credentials over IPv6. */
    private static final byte[] EC2 = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54};

    private AddressGuard() {}

    /**
     * @param host a name or an address
     * @param mustBeKnown whether a name that has no address is refused; a proxy may know it
     */
    static void check(String host, boolean mustBeKnown) throws IOException {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(bare);
        } catch (UnknownHostException e) {
            if (mustBeKnown) {
                throw new IOException("no such host: " + bare, e);
            }
            return;
        }
        for (InetAddress address : all) {
            if (isRefused(address)) {
                throw new IOException(bare + " is the link-local address " + address.getHostAddress()
                        + "; to send there, set allow-link-local: true");
            }
        }
    }

    static boolean isRefused(InetAddress address) {
        if (address.isLinkLocalAddress()) {
            return true;
        }
        if (!(address instanceof Inet6Address)) {
            return false;
        }
        byte[] bytes = address.getAddress();
        boolean mapped = Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)
                && (bytes[12] & 0xff) == 169
                && (bytes[13] & 0xff) == 254;
        return mapped || Arrays.equals(bytes, EC2);
    }
}
