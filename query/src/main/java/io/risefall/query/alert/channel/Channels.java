package io.risefall.query.alert.channel;

import io.risefall.query.text.Nearest;
import java.time.Clock;
import java.util.Set;

/** Makes channels of their settings. */
public final class Channels {
    private Channels() {}

    /** @throws SettingException with the setting that makes no sense */
    public static Channel of(ChannelSettings settings, Clock clock) {
        ChannelKind kind = settings.kind();
        Set<String> keys = kind.keys();
        for (String key : settings.values().keySet()) {
            if (!keys.contains(key)) {
                throw new SettingException(key, unknown(kind, key, keys));
            }
        }
        return switch (kind) {
            case WEBHOOK -> new WebhookChannel(settings);
            case SLACK -> new SlackChannel(settings);
            case TEAMS -> new TeamsChannel(settings);
            case MATTERMOST -> new MattermostChannel(settings);
            case NTFY -> new NtfyChannel(settings);
            case PAGERDUTY -> new PagerDutyChannel(settings);
            case ALERTMANAGER -> new AlertmanagerChannel(settings, clock);
            case MAIL -> new MailChannel(settings, clock);
            case COMMAND -> new CommandChannel(settings);
        };
    }

    /** A secret that stands in the configuration is read by whoever reads that, and by backups. */
    private static String unknown(ChannelKind kind, String key, Set<String> keys) {
        if (kind.secrets().contains(key)) {
            return key + " is a secret and does not belong here: write it to a file that only Risefall's user can read,"
                    + " and set " + key + "-file: /path (or " + key + "-env: VARIABLE)";
        }
        return "unknown key " + key + " of a " + kind.word() + " channel" + Nearest.hint(key, keys);
    }
}
