package io.risefall.app.alert.config;

import io.risefall.app.options.ConfigNode;
import io.risefall.query.alert.channel.ChannelKind;
import io.risefall.query.alert.channel.ChannelSettings;
import io.risefall.query.alert.channel.Channels;
import io.risefall.query.alert.channel.SettingException;
import io.risefall.query.text.Nearest;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of {@code channels}. */
final class ChannelSection {
    private static final String KIND = "kind";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private ChannelSection() {}

    static ChannelSettings read(String name, ConfigNode node) {
        if (!name.matches(NAME)) {
            throw node.wrong(
                    "a channel's name has letters, digits, dots, dashes and underscores, and at most 64 of them");
        }
        Map<String, ConfigNode> nodes = node.keysOf("channel " + name);
        ConfigNode ofKind = nodes.get(KIND);
        List<String> kinds =
                Arrays.stream(ChannelKind.values()).map(ChannelKind::word).toList();
        if (ofKind == null) {
            throw node.wrong("channel " + name + " needs a kind: " + String.join(", ", kinds));
        }
        String word = ofKind.textOf(KIND);
        ChannelKind kind = Arrays.stream(ChannelKind.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ofKind.wrong(
                        "unknown kind " + word + Nearest.hint(word, kinds) + " Kinds are " + String.join(", ", kinds)));
        Map<String, List<String>> values = new LinkedHashMap<>();
        nodes.forEach((key, value) -> {
            if (!key.equals(KIND)) {
                values.put(key, value.textsOf(key));
            }
        });
        ChannelSettings settings = new ChannelSettings(name, kind, values);
        try {
            Channels.of(settings, Clock.systemUTC());
        } catch (SettingException e) {
            ConfigNode at = e.key() == null ? node : nodes.getOrDefault(e.key(), node);
            throw at.wrong("channel " + name + ": " + e.getMessage());
        }
        return settings;
    }
}
