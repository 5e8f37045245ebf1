package io.risefall.query.http.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may see the pages, as it is configured.
 *
 * @param hosts further names by which people know the service
 * @param users the file of those who may look; null: on a loopback address, everybody on this host
 * @param certificate PEM file of the certificate and its chain; null: what is sent is not encrypted
 * @param key PEM file of its key, PKCS#8
 * @param insecure whether it may listen beyond this host without encryption, because something in front of it encrypts
 */
public record AccessSettings(
        List<String> hosts,
        @Nullable String users,
        @Nullable String certificate,
        @Nullable String key,
        boolean insecure) {
    /** Nobody has to sign in, on this host. */
    public static final AccessSettings OPEN = new AccessSettings(List.of(), null, null, null, false);

    public AccessSettings {
        hosts = List.copyOf(hosts);
    }

    /** @throws IllegalArgumentException with the remedy, where strangers could look or listen, or files cannot be read */
    public void check(String host) {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("--http-tls-cert and --http-tls-key go together: give both");
        }
        if (!isLoopback(host) && users == null) {
            throw new IllegalArgumentException(
                    "with --http on " + host + ", everybody in the network could look: make a user with"
                            + " risefall user add NAME --http-users FILE, and add --http-users FILE here");
        }
        if (!isLoopback(host) && certificate == null && !insecure) {
            throw new IllegalArgumentException("with --http on " + host
                    + ", tokens and pages would go through the network unencrypted: add --http-tls-cert FILE and --http-tls-key FILE,"
                    + " or --http-insecure if something in front of it encrypts");
        }
        if (users != null) {
            new UsersFile(Path.of(users));
        }
        if (certificate != null && key != null) {
            new TlsFiles(Path.of(certificate), Path.of(key));
        }
    }

    /** Whether only programs of this host reach it. */
    static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return new InetSocketAddress(host, 0).isUnresolved(); // who listens there says so
        }
    }
}
