package io.risefall.query.alert.channel;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The kinds of receivers, and the settings of each. */
public enum ChannelKind {
    WEBHOOK(Readers.PROGRAMS, Set.of("url", "header", "user"), Set.of("url", "token", "password"), true),
    SLACK(Readers.PEOPLE, Set.of(), Set.of("url"), true),
    TEAMS(Readers.PEOPLE, Set.of(), Set.of("url"), true),
    MATTERMOST(Readers.PEOPLE, Set.of("channel"), Set.of("url"), true),
    NTFY(Readers.PEOPLE, Set.of("url", "topic"), Set.of("topic", "token"), true),
    PAGERDUTY(Readers.PROGRAMS, Set.of("url"), Set.of("routing-key"), true),
    ALERTMANAGER(Readers.PROGRAMS, Set.of("url", "user"), Set.of("token", "password"), true),
    MAIL(Readers.PEOPLE, Set.of("smtp", "tls", "user", "from", "to", "ca-file", "timeout"), Set.of("password"), false),
    COMMAND(Readers.PROGRAMS, Set.of("command", "timeout"), Set.of(), false);

    private static final Set<String> OF_HTTP = Set.of("proxy", "ca-file", "timeout", "allow-link-local");

    private enum Readers {
        PEOPLE,
        PROGRAMS
    }

    private final Readers readers;
    private final Set<String> plain;
    private final Set<String> secrets;
    private final boolean http;

    ChannelKind(Readers readers, Set<String> plain, Set<String> secrets, boolean http) {
        this.readers = readers;
        this.plain = plain;
        this.secrets = secrets;
        this.http = http;
    }

    /** As the configuration names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether people read it: several alerts are then told in one message after quiet hours. */
    public boolean isForPeople() {
        return readers == Readers.PEOPLE;
    }

    /** Whether the receiver forgets an alert that is not sent again. */
    public boolean forgets() {
        return this == ALERTMANAGER;
    }

    /** Whether it can be sent a report. */
    public boolean takesDocuments() {
        return this != PAGERDUTY && this != ALERTMANAGER;
    }

    /** Settings that are secrets, without {@code -file} and {@code -env}. */
    public Set<String> secrets() {
        return secrets;
    }

    /** Every key that the configuration may have for it. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(plain);
        if (http) {
            keys.addAll(OF_HTTP);
        }
        secrets.forEach(secret -> {
            keys.add(secret + ChannelSettings.FILE);
            keys.add(secret + ChannelSettings.ENVIRONMENT);
        });
        return keys;
    }
}
