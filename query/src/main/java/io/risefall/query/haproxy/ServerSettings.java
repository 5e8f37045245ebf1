package io.risefall.query.haproxy;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a {@code server}, those of {@code default-server} included; null: no line sets it. Lives while one section is
 * read, in one thread.
 */
final class ServerSettings {
    @Nullable Configured<Boolean> check;

    @Nullable Configured<Boolean> tls;

    @Nullable Configured<Boolean> checkTls;

    @Nullable Configured<Boolean> backup;

    @Nullable Configured<Boolean> agentCheck;

    @Nullable Configured<Address> checkAddress;

    @Nullable Configured<Integer> checkPort;

    @Nullable Configured<Address> agentAddress;

    @Nullable Configured<Integer> agentPort;

    @Nullable Configured<Long> inter;

    @Nullable Configured<Long> fastinter;

    @Nullable Configured<Long> downinter;

    @Nullable Configured<Integer> rise;

    @Nullable Configured<Integer> fall;

    @Nullable Configured<String> track;

    @Nullable Configured<String> sni;

    @Nullable Configured<String> checkSni;

    @Nullable Configured<String> healthcheck;

    ServerSettings copy() {
        ServerSettings copy = new ServerSettings();
        copy.check = check;
        copy.tls = tls;
        copy.checkTls = checkTls;
        copy.backup = backup;
        copy.agentCheck = agentCheck;
        copy.checkAddress = checkAddress;
        copy.checkPort = checkPort;
        copy.agentAddress = agentAddress;
        copy.agentPort = agentPort;
        copy.inter = inter;
        copy.fastinter = fastinter;
        copy.downinter = downinter;
        copy.rise = rise;
        copy.fall = fall;
        copy.track = track;
        copy.sni = sni;
        copy.checkSni = checkSni;
        copy.healthcheck = healthcheck;
        return copy;
    }
}
