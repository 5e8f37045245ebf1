package io.risefall.app.options;

import io.risefall.app.process.CommandException;
import io.risefall.query.http.access.AccessSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may come to the page, and how what is sent is encrypted. */
public final class AccessOptions {
    @Option(
            names = "--http-users",
            paramLabel = "FILE",
            description =
                    "file of those who may look, as risefall user add writes it; needed beyond this host (default: on a "
                            + "loopback address, everybody on this host)")
    private @Nullable Path users;

    @Option(
            names = "--http-tls-cert",
            paramLabel = "FILE",
            description =
                    "certificate of the page with its chain, PEM; read again when it changes (default: no encryption)")
    private @Nullable Path certificate;

    @Option(names = "--http-tls-key", paramLabel = "FILE", description = "its key, PEM, PKCS#8 without a password")
    private @Nullable Path key;

    @Option(
            names = "--http-insecure",
            description = "listen beyond this host without encryption, because something in front of it encrypts")
    private boolean insecure;

    @Option(
            names = "--http-host",
            paramLabel = "NAME",
            description = "a further name by which browsers ask for the page, as behind a proxy; repeatable")
    private List<String> hosts = new ArrayList<>();

    /** What is wanted, checked for where it listens. */
    public AccessSettings of(HostPort http) {
        AccessSettings settings = new AccessSettings(hosts, text(users), text(certificate), text(key), insecure);
        try {
            settings.check(http.host());
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
        return settings;
    }

    private static @Nullable String text(@Nullable Path file) {
        return file == null ? null : file.toAbsolutePath().toString();
    }
}
