package io.risefall.query.haproxy;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a {@code server}, those of {@code default-server} included; null: no line sets it. Lives while one section is
 * read, in one thread.
 */
final class ServerSettings {
    @Nullable Setting<Boolean> check;

    @Nullable Setting<Boolean> tls;

    @Nullable Setting<Boolean> checkTls;

    @Nullable Setting<Boolean> backup;

    @Nullable Setting<Boolean> agentCheck;

    @Nullable Setting<Address> checkAddress;

    @Nullable Setting<Integer> checkPort;

    @Nullable Setting<Address> agentAddress;

    @Nullable Setting<Integer> agentPort;

    @Nullable Setting<Long> inter;

    @Nullable Setting<Long> fastinter;

    @Nullable Setting<Long> downinter;

    @Nullable Setting<Integer> rise;

    @Nullable Setting<Integer> fall;

    @Nullable Setting<String> track;

    @Nullable Setting<String> sni;

    @Nullable Setting<String> checkSni;

    @Nullable Setting<String> healthcheck;

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
