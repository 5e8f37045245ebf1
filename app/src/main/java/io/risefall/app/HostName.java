package io.risefall.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This machine's name. */
final class HostName {
    private HostName() {}

    static String get() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new Failure("this machine's name is not known; give --instance NAME", e);
        }
    }
}
