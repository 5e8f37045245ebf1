package io.risefall.app.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The configuration file with every key of {@code risefall run}: what it is for and its default, all of it as comments, so that the
 * file changes nothing until somebody uncomments a line.
 */
final class DefaultConfiguration {
    private static final int WIDTH = 100;
    private static final Pattern SAID = Pattern.compile("\\(default: (\\w+)\\)");
    private static final List<String> NOT_KEYS = List.of("--help", "--config", "--accept-gap");

    /** Where there is no default to show. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("tail", "[/var/log/haproxy.log]"),
            Map.entry("syslog-udp", "[127.0.0.1:5514]"),
            Map.entry("syslog-tcp", "[127.0.0.1:5514]"),
            Map.entry("syslog-tls", "[0.0.0.0:6514]"),
            Map.entry("relp", "[0.0.0.0:2514]"),
            Map.entry("syslog-unix", "[/run/risefall/log.sock]"),
            Map.entry("haproxy", "[/run/haproxy/admin.sock]"),
            Map.entry("allow", "[10.0.0.0/8]"),
            Map.entry("zone", "Europe/Berlin"),
            Map.entry("tag", "[haproxy]"),
            Map.entry("role-backend", "[\"pg_*\"]"),
            Map.entry("bootstrap-servers", "kafka1:9092"));

    private final CommandLine run;

    DefaultConfiguration(CommandLine run) {
        this.run = run;
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(
                "# Risefall's configuration: the options of 'risefall run' without their dashes. Each is shown with its default, or with an",
                "# example where it has none. 'risefall check-config --config FILE' says what this file means.",
                "# alerts, channels, routes and schedule stand here too: see docs/alerts.md."));
        for (OptionSpec option : run.getCommandSpec().options()) {
            if (!option.hidden() && !NOT_KEYS.contains(option.longestName())) {
                lines.add("");
                wrapped(lines, Text.of(option.description()).replace("\n", " "));
                String key = option.longestName().substring(2);
                lines.add("#" + key + ": " + value(key, option));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String value(String key, OptionSpec option) {
        String value = EXAMPLES.get(key);
        String usual = defaultOf(option);
        if (value != null) {
            return value;
        }
        if (usual != null) {
            return usual;
        }
        return option.typeInfo().isBoolean() ? "false" : option.paramLabel();
    }

    /** Some options only say it. */
    private static @Nullable String defaultOf(OptionSpec option) {
        Matcher said = SAID.matcher(Text.of(option.description()));
        return option.defaultValue() == null && said.find() ? said.group(1) : option.defaultValue();
    }

    private static void wrapped(List<String> lines, String text) {
        StringBuilder line = new StringBuilder("#");
        for (String word : text.split(" ")) {
            if (line.length() + word.length() + 1 > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }
}
