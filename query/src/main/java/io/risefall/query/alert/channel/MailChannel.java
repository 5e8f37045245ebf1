package io.risefall.query.alert.channel;

import io.risefall.query.alert.http.Authorities;
import io.risefall.query.alert.secret.SecretSource;
import io.risefall.query.text.Printable;
import io.risefall.query.text.Shortened;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Mail by SMTP, one connection each. With a login only over TLS, whose certificate is checked. */
final class MailChannel implements Channel {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String EXAMPLE = "[ops@example.com]";

    private final String host;
    private final int port;
    private final Tls tls;
    private final @Nullable String user;
    private final @Nullable SecretSource password;
    private final @Nullable Path authorities;
    private final InternetAddress from;
    private final List<InternetAddress> to = new ArrayList<>();
    private final Duration timeout;
    private final Clock clock;

    private enum Tls {
        STARTTLS,
        TLS,
        NONE
    }

    MailChannel(ChannelSettings settings, Clock clock) {
        this.clock = clock;
        String smtp = settings.required("smtp", "HOST:PORT, such as mail.example.com:587");
        int colon = smtp.lastIndexOf(':');
        String digits = smtp.substring(colon + 1);
        if (colon < 1 || !digits.matches("\\d{1,5}") || Integer.parseInt(digits) > 65_535) {
            throw new SettingException("smtp", "smtp must be HOST:PORT, such as mail.example.com:587");
        }
        host = smtp.substring(0, colon).replaceAll("^\\[|\\]$", "");
        port = Integer.parseInt(digits);
        tls = tls(settings.text("tls"));
        user = settings.text("user");
        password = settings.secret("password");
        if ((user == null) != (password == null)) {
            throw new SettingException(user == null ? null : "user", "user and password-file belong together");
        }
        if (user != null && tls == Tls.NONE) {
            throw new SettingException("tls", "a password is sent only over TLS: set tls to starttls or tls");
        }
        String file = settings.text("ca-file");
        authorities = file == null ? null : Path.of(file);
        from = address("from", settings.required("from", "risefall@example.com"));
        settings.list("to").forEach(one -> to.add(address("to", one)));
        if (to.isEmpty()) {
            throw new SettingException(null, "a mail channel needs to: " + EXAMPLE);
        }
        timeout = settings.timeout(TIMEOUT);
    }

    private static Tls tls(@Nullable String word) {
        if (word == null) {
            return Tls.STARTTLS;
        }
        for (Tls tls : Tls.values()) {
            if (tls.name().toLowerCase(Locale.ROOT).equals(word)) {
                return tls;
            }
        }
        throw new SettingException("tls", "tls must be starttls, tls or none");
    }

    private static InternetAddress address(String key, String text) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(text, true);
            if (parsed.length == 1
                    && parsed[0].getAddress().contains("@")
                    && text.chars().noneMatch(c -> c < ' ')) {
                parsed[0].validate();
                return parsed[0];
            }
        } catch (AddressException e) {
            throw new SettingException(key, key + " must be a mail address: " + Printable.of(text));
        }
        throw new SettingException(key, key + " must be one mail address: " + Printable.of(text));
    }

    @Override
    public String target() {
        return Printable.of(to.stream()
                        .map(InternetAddress::getAddress)
                        .reduce((one, other) -> one + ", " + other)
                        .orElse(""))
                + " by " + host + ":" + port;
    }

    @Override
    public String send(Outgoing outgoing) throws DeliveryException {
        try {
            Session session = Session.getInstance(properties());
            MimeMessage mail = MailMessage.of(session, outgoing, from, clock.instant());
            for (InternetAddress one : to) {
                mail.addRecipient(Message.RecipientType.TO, one);
            }
            mail.saveChanges();
            try (Transport transport = session.getTransport()) {
                transport.connect(user, password == null ? null : ChannelSecrets.read(password));
                transport.sendMessage(mail, mail.getAllRecipients());
            }
            return "taken by " + host;
        } catch (MessagingException e) {
            throw new DeliveryException("mail to " + host + ":" + port + ": " + reason(e), e);
        } catch (IOException e) {
            throw new DeliveryException(ChannelSecrets.reason(e), e);
        }
    }

    private Properties properties() throws IOException {
        String milliseconds = Long.toString(timeout.toMillis());
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.from", from.getAddress());
        properties.put("mail.smtp.auth", Boolean.toString(user != null));
        properties.put("mail.smtp.connectiontimeout", milliseconds);
        properties.put("mail.smtp.timeout", milliseconds);
        properties.put("mail.smtp.writetimeout", milliseconds);
        properties.put("mail.smtp.starttls.enable", Boolean.toString(tls == Tls.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(tls == Tls.STARTTLS));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(tls == Tls.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        // The answer to QUIT says nothing about the mail.
        properties.put("mail.smtp.quitwait", "false");
        if (authorities != null) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    Authorities.context(authorities).getSocketFactory());
        }
        return properties;
    }

    /** The first reason; the library's own words around it say less. */
    private String reason(MessagingException failure) {
        Throwable first = failure;
        while (first.getCause() != null && first.getCause() != first) {
            first = first.getCause();
        }
        if (first instanceof CertPathBuilderException) {
            return "the certificate of " + host + " is not trusted: "
                    + (authorities == null
                            ? "set ca-file to the certificate of its authority"
                            : "its authority is not in " + authorities);
        }
        String why = first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
        String line = Printable.of(why.strip().replaceAll("\\s+", " "));
        boolean login = failure instanceof AuthenticationFailedException;
        return Shortened.to((login ? "the login was refused: " : "") + line, 300);
    }
}
