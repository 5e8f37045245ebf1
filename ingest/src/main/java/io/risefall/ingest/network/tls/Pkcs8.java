package io.risefall.ingest.network.tls;

import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.Arrays;

/**
 * Makes PKCS#8, which is all that Java reads, of the older forms of a private key: PKCS#1 ({@code BEGIN RSA PRIVATE KEY})
 * and SEC1 ({@code BEGIN EC PRIVATE KEY}). PKCS#8 (RFC 5208) is such a key with the name of its algorithm and curve, and
 * that stands in the certificate too.
 */
final class Pkcs8 {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};
    /** From here on a length has bytes of its own. */
    private static final int LONG = 0x80;

    private Pkcs8() {}

    /** @param shown the public key to which {@code key} belongs */
    static byte[] of(byte[] key, PublicKey shown) {
        return element(SEQUENCE, VERSION, algorithm(shown.getEncoded()), element(OCTETS, key));
    }

    /** A public key is a sequence of its algorithm and its bits (RFC 5280). */
    private static byte[] algorithm(byte[] encoded) {
        int from = 1 + lengthBytes(encoded, 0);
        int length = encoded[from + 1];
        return Arrays.copyOfRange(encoded, from, from + 2 + length);
    }

    private static int lengthBytes(byte[] encoded, int at) {
        int first = encoded[at + 1] & 0xFF;
        return first < LONG ? 1 : 1 + first - LONG;
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length >= LONG) {
            // As few bytes as will do.
            int bytes = length > 0xFF ? 2 : 1;
            whole.write(LONG + bytes);
            if (bytes == 2) {
                whole.write(length >> 8);
            }
        }
        whole.write(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
