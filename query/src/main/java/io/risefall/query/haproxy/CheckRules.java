package io.risefall.query.haproxy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a section says that its servers are checked. Those of {@code defaults} hold only for a proxy that has none of its own, as in
 * {@code tcpcheck.c}. Lives while one section is read, in one thread.
 */
final class CheckRules {
    private static final Map<String, CheckKind> OPTIONS = Map.ofEntries(
            Map.entry("httpchk", CheckKind.HTTP),
            Map.entry("tcp-check", CheckKind.TCP_RULES),
            Map.entry("external-check", CheckKind.EXTERNAL),
            Map.entry("mysql-check", CheckKind.SERVICE),
            Map.entry("pgsql-check", CheckKind.SERVICE),
            Map.entry("redis-check", CheckKind.SERVICE),
            Map.entry("ldap-check", CheckKind.SERVICE),
            Map.entry("smtpchk", CheckKind.SERVICE),
            Map.entry("spop-check", CheckKind.SERVICE),
            Map.entry("ssl-hello-chk", CheckKind.SERVICE));

    @Nullable Configured<CheckKind> kind;

    private HttpRequest.@Nullable Draft option;
    private HttpRequest.@Nullable Draft send;
    private @Nullable CheckConnection httpConnect;
    private @Nullable CheckConnection tcpConnect;
    private boolean optionFirst;
    private boolean inherited;

    /** Of a check of which the file does not tell which it is. */
    static CheckRules unknown(Place place) {
        CheckRules rules = new CheckRules();
        rules.kind = new Configured<>(null, place);
        return rules;
    }

    CheckRules inherit() {
        CheckRules copy = new CheckRules();
        copy.kind = kind;
        copy.option = option;
        copy.send = send;
        copy.httpConnect = httpConnect;
        copy.tcpConnect = tcpConnect;
        copy.optionFirst = optionFirst;
        copy.inherited = true;
        return copy;
    }

    /** {@code option NAME …} or, in a healthcheck section, {@code type NAME …}; whether it is about checks. */
    boolean option(ConfigLine line) {
        CheckKind said = OPTIONS.get(line.text(0));
        if (said == null || !line.word(0).known()) {
            return false;
        }
        kind = line.sets(said);
        if (said == CheckKind.HTTP) {
            own();
            option = HttpRequest.Draft.ofOption(line.from(1));
            optionFirst = send == null;
        }
        return true;
    }

    /** {@code no option NAME}. */
    void noOption(ConfigLine line) {
        CheckKind said = OPTIONS.get(line.text(0));
        if (said != null && kind != null && kind.value() == said) {
            kind = line.sets(CheckKind.CONNECT);
        }
    }

    /** What follows {@code http-check} or {@code tcp-check}. */
    void rule(ConfigLine line, boolean http) {
        if (http) {
            own();
        }
        if (line.is("connect") && http) {
            httpConnect = httpConnect == null ? CheckConnection.of(line.from(1)) : httpConnect;
        } else if (line.is("connect")) {
            tcpConnect = tcpConnect == null ? CheckConnection.of(line.from(1)) : tcpConnect;
        } else if (line.is("send") && http) {
            // The first of a dialogue is what a person tries by hand.
            send = send == null ? HttpRequest.Draft.ofSend(line.from(1)) : send;
        }
    }

    private void own() {
        if (inherited) {
            option = null;
            send = null;
            httpConnect = null;
            inherited = false;
        }
    }

    /** The request; null where the check sends none. */
    @Nullable HttpRequest request() {
        if (option != null && send != null) {
            return (optionFirst ? send.over(option) : option.over(send)).request();
        }
        HttpRequest.Draft only = option == null ? send : option;
        return only == null ? null : only.request();
    }

    @Nullable CheckConnection connection() {
        CheckKind used = kind == null ? CheckKind.CONNECT : kind.value();
        return used == CheckKind.HTTP ? httpConnect : used == CheckKind.TCP_RULES ? tcpConnect : null;
    }
}
