package io.risefall.app.alert.config;

import io.risefall.app.options.AgeConverter;
import io.risefall.app.options.ConfigNode;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.text.Nearest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** The section {@code alerts}: when alerts open, speak and close. */
final class AlertKeys {
    private static final Set<String> KEYS = Set.of(
            "hold",
            "close-after",
            "close-unknown-after",
            "reopen",
            "change-every",
            "still-open",
            "max-age",
            "leaderless",
            "node-silent",
            "pipeline-silent",
            "capacity-below",
            "give-up-after",
            "public-url");

    private final Map<String, ConfigNode> nodes;

    private AlertKeys(Map<String, ConfigNode> nodes) {
        this.nodes = nodes;
    }

    /**
     * What it says.
     *
     * @param publicUrl null: not known
     */
    record Read(AlertSettings settings, @Nullable String publicUrl, Duration giveUpAfter) {}

    static Read read(@Nullable ConfigNode section) {
        if (section == null) {
            return new Read(AlertSettings.DEFAULTS, null, AlertConfig.GIVE_UP_AFTER);
        }
        Map<String, ConfigNode> nodes = section.keysOf("alerts");
        nodes.forEach((key, node) -> {
            if (!KEYS.contains(key)) {
                throw node.wrong("unknown key " + key + " of alerts" + Nearest.hint(key, KEYS));
            }
        });
        AlertKeys keys = new AlertKeys(nodes);
        try {
            return new Read(
                    keys.settings(), keys.publicUrl(), keys.duration("give-up-after", AlertConfig.GIVE_UP_AFTER));
        } catch (IllegalArgumentException e) {
            throw section.wrong(String.valueOf(e.getMessage()));
        }
    }

    private AlertSettings settings() {
        AlertSettings usual = AlertSettings.DEFAULTS;
        return new AlertSettings(
                duration("hold", usual.hold()),
                duration("close-after", usual.closeAfter()),
                duration("close-unknown-after", usual.closeUnknownAfter()),
                duration("reopen", usual.reopen()),
                duration("change-every", usual.changeEvery()),
                durations("still-open", usual.stillOpen()),
                duration("max-age", usual.maxAge()),
                duration("leaderless", usual.leaderless()),
                duration("node-silent", usual.nodeSilent()),
                duration("pipeline-silent", usual.pipelineSilent()),
                count("capacity-below", usual.capacityBelow()));
    }

    private Duration duration(String key, Duration usual) {
        ConfigNode node = nodes.get(key);
        return node == null ? usual : duration(node, node.textOf(key));
    }

    private List<Duration> durations(String key, List<Duration> usual) {
        ConfigNode node = nodes.get(key);
        return node == null
                ? usual
                : node.textsOf(key).stream().map(text -> duration(node, text)).toList();
    }

    private static Duration duration(ConfigNode node, String text) {
        if (text.equals("0") || text.equals("0s")) {
            return Duration.ZERO;
        }
        try {
            return new AgeConverter().convert(text);
        } catch (TypeConversionException e) {
            throw node.wrong(String.valueOf(e.getMessage()));
        }
    }

    private int count(String key, int usual) {
        ConfigNode node = nodes.get(key);
        if (node == null) {
            return usual;
        }
        String text = node.textOf(key);
        if (!text.matches("\\d{1,6}")) {
            throw node.wrong(key + " must be a number of servers, or 0");
        }
        return Integer.parseInt(text);
    }

    private @Nullable String publicUrl() {
        ConfigNode node = nodes.get("public-url");
        return node == null ? null : publicUrl(node.textOf("public-url"));
    }

    private static String publicUrl(String text) {
        try {
            URI address = new URI(text);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (http
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return text.replaceAll("/+$", "");
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("public-url must be an address such as https://risefall.example.com", e);
        }
        throw new IllegalArgumentException("public-url must be an address such as https://risefall.example.com");
    }
}
