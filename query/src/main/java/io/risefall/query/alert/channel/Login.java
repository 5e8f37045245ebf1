package io.risefall.query.alert.channel;

import io.risefall.query.alert.secret.SecretSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a channel shows who sends: a bearer token, a user with a password, or not at all. */
record Login(
        @Nullable SecretSource token,
        @Nullable String user,
        @Nullable SecretSource password) {
    static Login of(ChannelSettings settings) {
        SecretSource token = settings.secret("token");
        String user = settings.text("user");
        SecretSource password = settings.secret("password");
        if ((user == null) != (password == null)) {
            throw new SettingException(user == null ? null : "user", "user and password-file belong together");
        }
        if (token != null && user != null) {
            throw new SettingException("user", "give token-file or user with password-file, not both");
        }
        return new Login(token, user, password);
    }

    Map<String, String> headers() throws DeliveryException {
        return ChannelSecrets.authorization(token, user, password);
    }
}
