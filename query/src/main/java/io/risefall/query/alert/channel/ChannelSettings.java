package io.risefall.query.alert.channel;

import io.risefall.query.alert.secret.SecretSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A channel as the configuration has it. No secret is in it, only where secrets are.
 *
 * @param name by which routes name it
 * @param values of each key, as text; one, unless it is a list
 */
public record ChannelSettings(String name, ChannelKind kind, Map<String, List<String>> values) {
    /** Ends the key of a secret that is in a file. */
    public static final String FILE = "-file";
    /** Ends the key of a secret that is in the environment. */
    public static final String ENVIRONMENT = "-env";

    private static final Pattern SECONDS = Pattern.compile("([1-9]\\d{0,3})s");
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

    public ChannelSettings {
        Map<String, List<String>> copy = new TreeMap<>();
        values.forEach((key, list) -> copy.put(key, List.copyOf(list)));
        values = copy;
    }

    List<String> list(String key) {
        return values.getOrDefault(key, List.of());
    }

    @Nullable String text(String key) {
        List<String> list = list(key);
        if (list.size() > 1) {
            throw new SettingException(key, key + " must be one value");
        }
        return list.isEmpty() ? null : list.get(0);
    }

    String required(String key, String example) {
        String text = text(key);
        if (text == null) {
            throw new SettingException(null, "a " + kind.word() + " channel needs " + key + ": " + example);
        }
        return text;
    }

    boolean flag(String key) {
        String text = text(key);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (!text.equals("true")) {
            throw new SettingException(key, key + " must be true or false");
        }
        return true;
    }

    Duration timeout(Duration usual) {
        String text = text("timeout");
        if (text == null) {
            return usual;
        }
        Matcher seconds = SECONDS.matcher(text);
        Duration timeout = seconds.matches() ? Duration.ofSeconds(Long.parseLong(seconds.group(1))) : Duration.ZERO;
        if (timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new SettingException("timeout", "timeout must be from 1s to 300s, such as 20s");
        }
        return timeout;
    }

    /** Where a secret is; null: it is not set. */
    @Nullable SecretSource secret(String key) {
        String file = text(key + FILE);
        String variable = text(key + ENVIRONMENT);
        if (file != null && variable != null) {
            throw new SettingException(key + FILE, "give " + key + FILE + " or " + key + ENVIRONMENT + ", not both");
        }
        if (file != null) {
            return new SecretSource(SecretSource.Place.FILE, file);
        }
        return variable == null ? null : new SecretSource(SecretSource.Place.ENVIRONMENT, variable);
    }

    SecretSource requiredSecret(String key) {
        SecretSource secret = secret(key);
        if (secret == null) {
            throw new SettingException(
                    null, "a " + kind.word() + " channel needs " + key + FILE + " or " + key + ENVIRONMENT);
        }
        return secret;
    }

    /** Every secret of it, for who checks that they can be read. */
    public List<SecretSource> secrets() {
        return kind.secrets().stream()
                .sorted()
                .map(this::secret)
                .filter(Objects::nonNull)
                .toList();
    }
}
