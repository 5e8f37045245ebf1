package io.risefall.ingest.network.stats;

import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ServerStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one process told of its servers, asked for at once: {@code show info}, {@code show stat} and {@code show servers state}.
 *
 * @param process the process
 * @param servers those that {@code show stat} has, in its order
 * @param unusable how many more it has, whose name or status no server of HAProxy can have
 */
public record ToldServers(HaproxyProcess process, List<Told> servers, int unusable) {
    static final String COMMAND = "show info;show stat;show servers state";
    static final String STAT = "# pxname,svname,";
    private static final String STATE = "# be_id ";
    private static final String TYPE_SERVER = "2";
    /** Bit of {@code srv_admin_state}: {@code disabled} in the configuration. */
    private static final int DISABLED = 4;
    /** Bits of the same: the name does not resolve. */
    private static final int UNRESOLVED = 32 | 64;

    public ToldServers {
        servers = List.copyOf(servers);
    }

    /**
     * One server.
     *
     * @param slot whether it may only be a place for one: in maintenance, and either without an address or {@code disabled} in the
     *     configuration, as {@code server-template} and ingress controllers keep them
     * @param checked false: nothing has checked it yet, or nothing does, and HAProxy begins with UP
     */
    public record Told(ObservedServer server, boolean slot, boolean checked) {}

    /** Reads the answers to {@link #COMMAND}; empty if they are not those of HAProxy. */
    static Optional<ToldServers> of(String answer) {
        int stat = answer.indexOf(STAT);
        if (stat < 0) {
            return Optional.empty();
        }
        int state = answer.indexOf(STATE, stat);
        Optional<HaproxyProcess> process = HaproxyProcess.of(answer.substring(0, stat));
        if (process.isEmpty()) {
            return Optional.empty();
        }
        Map<ServerName, ShownRow> addresses = new HashMap<>();
        if (state >= 0) {
            ShownRow.rows(answer.substring(state), ' ')
                    .forEach(row -> addresses.put(new ServerName(row.text("be_name"), row.text("srv_name")), row));
        }
        List<ShownRow> all = ShownRow.rows(answer.substring(stat, state < 0 ? answer.length() : state), ',').stream()
                .filter(row -> row.text("type").equals(TYPE_SERVER))
                .toList();
        List<ShownRow> servers = all.stream().filter(ToldServers::isUsable).toList();
        DecidingChecks checks = new DecidingChecks(servers);
        return Optional.of(new ToldServers(
                process.get(),
                servers.stream()
                        .map(row -> told(row, checks, addresses.get(row.name())))
                        .toList(),
                all.size() - servers.size()));
    }

    private static boolean isUsable(ShownRow stat) {
        return ToldText.isName(stat.name()) && ToldText.isStatus(stat.text("status"));
    }

    private static Told told(ShownRow stat, DecidingChecks checks, @Nullable ShownRow state) {
        String status = stat.text("status");
        Health health = ServerStatus.state(status);
        String address = state == null ? null : address(state);
        int admin = state == null ? 0 : number(state.text("srv_admin_state"), 0);
        boolean slot =
                health == Health.MAINT && (state != null && address == null || (admin & (DISABLED | UNRESOLVED)) != 0);
        ObservedServer server = new ObservedServer(
                stat.name(),
                !stat.text("bck").isEmpty() && !stat.text("bck").equals("0"),
                health,
                status,
                health == Health.DOWN ? reason(stat) : null,
                address,
                state == null ? null : ToldText.host(state.text("srv_fqdn")));
        boolean unchecked = health == Health.UP
                && (status.equals(ServerStatus.NO_CHECK) || checkStatus(checks.of(stat)) == CheckStatus.INI);
        return new Told(server, slot, !unchecked);
    }

    private static @Nullable CheckReason reason(ShownRow stat) {
        CheckStatus status = checkStatus(stat);
        return status == null || status.result() != CheckStatus.Result.FAILED
                ? null
                : new CheckReason(status, integer(stat.text("check_code")), null, millis(stat.text("check_duration")));
    }

    /** {@code * L4CON} while another check is under way. */
    private static @Nullable CheckStatus checkStatus(ShownRow stat) {
        String word = stat.text("check_status");
        String name = word.startsWith("* ") ? word.substring(2) : word;
        for (CheckStatus status : CheckStatus.values()) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        return null;
    }

    private static @Nullable String address(ShownRow state) {
        String ip = ToldText.host(state.text("srv_addr"));
        if (ip == null) {
            return null;
        }
        String host = ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip;
        int port = number(state.text("srv_port"), 0);
        return port == 0 ? host : host + ":" + port;
    }

    private static int number(String text, int otherwise) {
        Integer number = integer(text);
        return number == null ? otherwise : number;
    }

    private static @Nullable Integer integer(String text) {
        try {
            return text.isEmpty() ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Long millis(String text) {
        Integer millis = integer(text);
        return millis == null ? null : millis.longValue();
    }
}
