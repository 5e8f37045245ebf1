package io.risefall.query.haproxy;

import java.util.Set;

/** Reads the parameters of {@code server}, {@code server-template} and {@code default-server}. */
final class ServerWords {
    /** Parameters with one value that say nothing about checks; of those not named here none has one. */
    private static final Set<String> WITH_VALUE = Set.of(
            "agent-inter",
            "agent-send",
            "alpn",
            "ca-file",
            "check-alpn",
            "check-proto",
            "check-pool-conn-name",
            "check-reuse-pool",
            "ciphers",
            "ciphersuites",
            "client-sigalgs",
            "cookie",
            "crl-file",
            "crt",
            "curves",
            "ech",
            "error-limit",
            "guid",
            "hash-key",
            "id",
            "idle-ping",
            "init-addr",
            "init-state",
            "log-bufsize",
            "log-proto",
            "max-reuse",
            "maxconn",
            "maxqueue",
            "minconn",
            "namespace",
            "npn",
            "observe",
            "on-error",
            "on-marked-down",
            "on-marked-up",
            "pool-conn-name",
            "pool-low-conn",
            "pool-max-conn",
            "pool-purge-delay",
            "proto",
            "proxy-v2-options",
            "redir",
            "resolve-net",
            "resolve-opts",
            "resolve-prefer",
            "resolvers",
            "shard",
            "sigalgs",
            "slowstart",
            "socks4",
            "ssl-max-ver",
            "ssl-min-ver",
            "tcp-md5sig",
            "tcp-ut",
            "verify",
            "verifyhost",
            "weight",
            "ws");

    /** {@code 3.2+}: the second value of {@code set-proxy-v2-tlv-fmt(N)} and the like is one word. */
    private static final String WITH_FORMAT = "set-proxy-v2-tlv-fmt";

    private static final int MOST_CHECKS = 1_000_000;

    private final ServerSettings settings;
    private final ConfigLine line;
    private int at;

    private ServerWords(ServerSettings settings, ConfigLine line, int at) {
        this.settings = settings;
        this.line = line;
        this.at = at;
    }

    /** Enters what the words from {@code first} on set. */
    static void read(ServerSettings settings, ConfigLine line, int first) {
        ServerWords words = new ServerWords(settings, line, first);
        while (words.at < line.words().size()) {
            words.next();
        }
    }

    private void next() {
        String keyword = line.text(at);
        switch (keyword) {
            case "check" -> settings.check = flag(true);
            case "no-check" -> settings.check = flag(false);
            case "ssl" -> settings.tls = flag(true);
            case "no-ssl" -> settings.tls = flag(false);
            case "check-ssl" -> settings.checkTls = flag(true);
            case "no-check-ssl" -> settings.checkTls = flag(false);
            case "backup" -> settings.backup = flag(true);
            case "no-backup" -> settings.backup = flag(false);
            case "agent-check" -> settings.agentCheck = flag(true);
            case "no-agent-check" -> settings.agentCheck = flag(false);
            case "addr" -> settings.checkAddress = address(keyword);
            case "agent-addr" -> settings.agentAddress = address(keyword);
            case "port" -> settings.checkPort = port(keyword);
            case "agent-port" -> settings.agentPort = port(keyword);
            case "inter" -> settings.inter = delay(keyword);
            case "fastinter" -> settings.fastinter = delay(keyword);
            case "downinter" -> settings.downinter = delay(keyword);
            case "rise" -> settings.rise = count(keyword);
            case "fall" -> settings.fall = count(keyword);
            case "track" -> settings.track = text(keyword);
            case "sni" -> settings.sni = text(keyword);
            case "check-sni" -> settings.checkSni = text(keyword);
            case "healthcheck" -> settings.healthcheck = text(keyword);
            case "source" -> source();
            default -> at += WITH_VALUE.contains(keyword) || keyword.startsWith(WITH_FORMAT) ? 2 : 1;
        }
    }

    /** {@code source ADDRESS [usesrc ADDRESS] [interface NAME]}. */
    private void source() {
        at += 2;
        while (line.word(at).is("usesrc") || line.word(at).is("interface")) {
            at += 2;
        }
    }

    private Configured<Boolean> flag(boolean value) {
        return line.sets(line.word(at++), value);
    }

    private Word value(String keyword) {
        at += 2;
        if (at > line.words().size()) {
            throw line.place().wrong(keyword + " has no value");
        }
        return line.word(at - 1);
    }

    private Configured<String> text(String keyword) {
        Word value = value(keyword);
        return line.sets(value, value.text());
    }

    private Configured<Long> delay(String keyword) {
        Word value = value(keyword);
        return line.sets(value, Delay.millis(line, value, keyword));
    }

    private Configured<Integer> port(String keyword) {
        Word value = value(keyword);
        return line.sets(value, Address.port(line, value, keyword));
    }

    private Configured<Integer> count(String keyword) {
        Word value = value(keyword);
        return line.sets(value, Address.number(line, value, keyword, MOST_CHECKS, "a number of checks"));
    }

    private Configured<Address> address(String keyword) {
        Word value = value(keyword);
        return line.sets(value, Address.parse(line, value.text(), keyword));
    }
}
