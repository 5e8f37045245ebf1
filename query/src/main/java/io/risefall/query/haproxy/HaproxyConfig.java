package io.risefall.query.haproxy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of HAProxy, as far as it concerns checks and logs. What is not in the files, such as the value of an environment
 * variable, is not known and never guessed; what may be secret is not kept.
 *
 * @param files those that were read, as they were given
 * @param global where the section begins; null: there is none
 * @param sendsHostname {@code log-send-hostname}; null: no
 * @param names what section global calls this host
 * @param statsSockets where its {@code stats socket} lines listen, as they are written
 * @param servers those of all backends
 */
public record HaproxyConfig(
        List<String> files,
        @Nullable Place global,
        @Nullable Configured<Boolean> sendsHostname,
        HostNames names,
        List<String> statsSockets,
        List<ConfiguredProxy> proxies,
        List<ConfiguredServer> servers) {
    /**
     * @param sent {@code log-send-hostname NAME}; null: the host's name, or not known
     * @param node {@code node NAME}; null: the host's name, or not known
     */
    public record HostNames(@Nullable String sent, @Nullable String node) {}

    public HaproxyConfig {
        statsSockets = List.copyOf(statsSockets);
        files = List.copyOf(files);
        proxies = List.copyOf(proxies);
        servers = List.copyOf(servers);
    }

    /**
     * Reads files and folders in the order of {@code haproxy -f}.
     *
     * @throws io.risefall.query.sql.QueryException with file, line and remedy
     */
    public static HaproxyConfig read(List<Path> given) {
        return ConfigReader.read(ConfigText.read(given));
    }

    /** The server; empty where there is none, or where two undecided lines have it. */
    public Optional<ConfiguredServer> server(String proxy, String server) {
        List<ConfiguredServer> found = servers.stream()
                .filter(one -> one.name().equals(server) && one.proxy().name().equals(proxy))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
