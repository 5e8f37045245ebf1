package io.risefall.ingest.network.stats;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The process that answers, from {@code show info}.
 *
 * @param version as {@code 2.6.12-1+deb12u4}
 * @param pid its process id
 * @param node the name of its host: {@code node} of the configuration, or the host name; printable ASCII, at most 255 characters
 * @param uptime in whole seconds
 * @param stopping whether it only ends what it has begun, after a reload
 */
public record HaproxyProcess(String version, long pid, String node, Duration uptime, boolean stopping) {

    private static final int LONGEST_NODE = 255;

    /** HAProxy takes letters, digits, {@code -}, {@code _} and {@code .} only; a name of others is still one name. */
    private static String node(String told) {
        return told.substring(0, Math.min(LONGEST_NODE, told.length())).replaceAll("[^ -~]", "?");
    }

    /** Reads the answer; empty if it is not one of HAProxy. */
    static Optional<HaproxyProcess> of(String answer) {
        Map<String, String> fields = new HashMap<>();
        answer.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        String version = fields.get("Version");
        if (version == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new HaproxyProcess(
                    version,
                    Long.parseLong(fields.getOrDefault("Pid", "")),
                    node(fields.getOrDefault("node", "")),
                    Duration.ofSeconds(Long.parseLong(fields.getOrDefault("Uptime_sec", ""))),
                    !fields.getOrDefault("Stopping", "0").equals("0")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
