package io.risefall.query.alert.delivery;

import io.risefall.query.alert.channel.Channel;
import io.risefall.query.alert.channel.ChannelSettings;
import io.risefall.query.alert.channel.Channels;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The channels of a configuration. Immutable. */
public final class OpenChannels {
    private final Map<String, ChannelSettings> settings = new LinkedHashMap<>();
    private final Map<String, Channel> channels = new LinkedHashMap<>();

    /** @throws io.risefall.query.alert.channel.SettingException for one that makes no sense */
    public OpenChannels(AlertConfig config, Clock clock) {
        config.channels().forEach(one -> {
            settings.put(one.name(), one);
            channels.put(one.name(), Channels.of(one, clock));
        });
        config.folders().forEach(folder -> channels.put(AlertConfig.FOLDER + folder, new FolderChannel(folder)));
    }

    /** Empty: it is not configured any more. */
    public Optional<Channel> find(String name) {
        return Optional.ofNullable(channels.get(name));
    }

    Set<String> names() {
        return channels.keySet();
    }

    @Nullable String kind(String name) {
        ChannelSettings one = settings.get(name);
        if (one == null) {
            return name.startsWith(AlertConfig.FOLDER) ? "folder" : null;
        }
        return one.kind().word();
    }

    @Nullable String target(String name) {
        Channel channel = channels.get(name);
        return channel == null ? null : channel.target();
    }

    boolean isForPeople(String name) {
        ChannelSettings one = settings.get(name);
        return one != null && one.kind().isForPeople();
    }

    boolean forgets(String name) {
        ChannelSettings one = settings.get(name);
        return one != null && one.kind().forgets();
    }

    Set<String> programs() {
        return settings.values().stream()
                .filter(one -> !one.kind().isForPeople())
                .map(ChannelSettings::name)
                .collect(Collectors.toSet());
    }
}
