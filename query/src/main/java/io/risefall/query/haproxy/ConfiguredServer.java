package io.risefall.query.haproxy;

import org.jspecify.annotations.Nullable;

/**
 * A server as the configuration has it; null: no line sets it.
 *
 * @param certain false: its line is within an {@code .if} of which the file does not tell whether it applies
 * @param address where traffic goes
 * @param tls whether that is TLS
 * @param endpoint where checks go
 * @param agentPort where the agent is asked
 */
public record ConfiguredServer(
        ConfiguredProxy proxy,
        String name,
        Place place,
        boolean certain,
        Configured<Address> address,
        @Nullable Configured<Boolean> tls,
        @Nullable Configured<Boolean> check,
        CheckEndpoint endpoint,
        @Nullable Configured<Long> inter,
        @Nullable Configured<Long> fastinter,
        @Nullable Configured<Long> downinter,
        @Nullable Configured<Integer> rise,
        @Nullable Configured<Integer> fall,
        @Nullable Configured<String> track,
        @Nullable Configured<Boolean> backup,
        @Nullable Configured<Boolean> agentCheck,
        @Nullable Configured<Address> agentAddress,
        @Nullable Configured<Integer> agentPort) {
    /** HAProxy's, where no line says otherwise. */
    public static final long USUAL_INTER_MILLIS = 2_000;

    public static final int USUAL_RISE = 2;
    public static final int USUAL_FALL = 3;

    static ConfiguredServer of(ConfiguredProxy proxy, ProxySettings.Line line, CheckRules rules) {
        ServerSettings settings = line.settings();
        return new ConfiguredServer(
                proxy,
                line.name(),
                line.line().place(),
                line.line().certain() && line.line().word(1).known(),
                line.address(),
                settings.tls,
                settings.check,
                CheckEndpoint.of(line.address(), settings, rules),
                settings.inter,
                settings.fastinter,
                settings.downinter,
                settings.rise,
                settings.fall,
                settings.track,
                settings.backup,
                settings.agentCheck,
                settings.agentAddress,
                settings.agentPort);
    }

    /** {@code PROXY/SERVER}. */
    public String fullName() {
        return proxy.name() + "/" + name;
    }

    /** Whether HAProxy checks it itself, for all that the file tells. */
    public boolean isChecked() {
        return check != null && !Boolean.FALSE.equals(check.value());
    }
}
