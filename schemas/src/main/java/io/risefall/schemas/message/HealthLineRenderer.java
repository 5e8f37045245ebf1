package io.risefall.schemas.message;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints a message as HAProxy did, character for character: nothing that was read is lost, and a record need not hold the words too. */
final class HealthLineRenderer {
    private HealthLineRenderer() {}

    static String render(HealthMessage message) {
        return switch (message.kind()) {
            case SWITCH -> SwitchLineRenderer.render((ServerSwitch) message);
            case CHECK -> check((CheckResult) message);
            case BACKEND_EMPTY -> empty((BackendEmpty) message);
            case PROXY -> proxy((ProxyNotice) message);
            case ADDRESS -> address((AddressChange) message);
            case SERVER_NOTICE -> notice((ServerNotice) message);
            case SERVER_SNAPSHOT -> snapshot((ServerSnapshot) message);
            case PROXY_SNAPSHOT -> snapshot((ProxySnapshot) message);
            case CONNECT_PROBLEM -> connect((ConnectProblem) message);
            case MASTER -> MasterLineRenderer.render((MasterNotice) message);
            case OBSERVED -> observed((ObservedServer) message);
        };
    }

    static void reason(StringBuilder text, @Nullable CheckReason reason) {
        if (reason == null) {
            return;
        }
        text.append(", reason: ").append(reason.status().text());
        if (reason.code() != null) {
            text.append(", code: ").append(reason.code());
        }
        if (reason.info() != null) {
            text.append(", info: \"").append(reason.info()).append('"');
        }
        if (reason.durationMillis() != null) {
            text.append(", check duration: ").append(reason.durationMillis()).append("ms");
        }
    }

    private static String check(CheckResult check) {
        StringBuilder text = new StringBuilder(check.agent() ? "Agent" : "Health")
                .append(" check for ")
                .append(check.backup() ? "backup server " : "server ")
                .append(check.server())
                .append(' ')
                .append(check.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        reason(text, check.reason());
        if (check.state() != null) {
            text.append(", status: ")
                    .append(check.health())
                    .append('/')
                    .append(check.threshold())
                    .append(' ')
                    .append(check.state());
        }
        return end(text, check.cut(), check.tail());
    }

    static String end(StringBuilder text, boolean cut, @Nullable String tail) {
        if (!cut) {
            text.append('.');
        } else if (tail != null) {
            text.append(tail);
        }
        return text.toString();
    }

    private static String empty(BackendEmpty empty) {
        boolean quoted = BackendEmpty.QUOTED.equals(empty.form());
        String name = quoted ? "'" + empty.proxy() + "'" : empty.proxy();
        String rest = empty.form() == null || quoted ? " available!" : empty.form();
        return empty.proxyKind() + " " + name + " has no server" + rest;
    }

    private static String proxy(ProxyNotice notice) {
        String kind = notice.proxyKind() == null ? "Proxy" : notice.proxyKind();
        String name = " " + notice.proxy();
        String form = notice.form();
        if (form != null && !form.equals(ProxyNotice.CUMULATED)) {
            return (notice.what() == ProxyNotice.What.STOPPING ? "Stopping " : "") + kind + name + form;
        }
        return switch (notice.what()) {
            case STARTED -> kind + name + " started.";
            case STOPPED ->
                kind
                        + name
                        + (form == null ? " stopped (FE: " : " stopped (cumulated conns: FE: ")
                        + notice.numbers().get(0)
                        + (form == null ? " conns, BE: " : ", BE: ")
                        + notice.numbers().get(1)
                        + (form == null ? " conns)." : ").");
            case HARD_STOPPED ->
                kind + name + " hard-stopped (" + notice.numbers().get(0) + " remaining conns will be closed).";
            case STOPPING ->
                "Stopping " + kind + name + " in " + notice.numbers().get(0) + " ms.";
            case PAUSING -> "Pausing " + kind + name + ".";
            case PAUSED -> "Paused " + kind + name + ".";
            case ENABLING -> "Enabling " + kind + name + ".";
            case RESUMED -> "Resumed " + kind + name + ".";
        };
    }

    private static String address(AddressChange change) {
        String form = change.form();
        if (form != null && form.startsWith(AddressChange.COLON)) {
            return change.server() + ": " + change.what() + " changed from '" + change.from() + "' to '" + change.to()
                    + "'" + form.substring(AddressChange.COLON.length()) + " by '" + change.by() + "'.";
        }
        String changed = change.server() + " changed its " + change.what() + " from " + change.from() + " to "
                + change.to() + " by ";
        return change.what().equals("FQDN")
                ? changed + "'" + change.by() + "'" + (form == null ? "" : ".")
                : changed + change.by() + ".";
    }

    private static String notice(ServerNotice notice) {
        String server = (notice.backup() ? "Backup Server " : "Server ") + notice.server();
        String rest = notice.form() == null ? "." : notice.form();
        return switch (notice.what()) {
            case READY_BY_DNS -> server + " administratively READY thanks to valid DNS answer" + rest;
            case RENAMED -> server + " renamed from '" + notice.oldName() + "'" + rest;
            case LOAD_BALANCING_DISABLED -> "Load-balancing on " + server + " is disabled" + rest;
            case LOAD_BALANCING_ENABLED -> "Load-balancing on " + server + " is enabled again" + rest;
        };
    }

    private static String snapshot(ServerSnapshot snapshot) {
        String state = "SIGHUP: Server " + snapshot.server() + (snapshot.up() ? " is UP" : " is DOWN");
        return snapshot.total() == null
                ? state + (snapshot.tail() == null ? "" : snapshot.tail())
                : state + ". Conn: " + snapshot.active() + " act, " + snapshot.pending() + " pend, " + snapshot.total()
                        + " tot.";
    }

    private static String snapshot(ProxySnapshot snapshot) {
        String proxy = "SIGHUP: Proxy " + snapshot.proxy();
        return switch (snapshot.what()) {
            case DUMPING -> "SIGHUP received, dumping servers states for proxy " + snapshot.proxy() + ".";
            case SERVERS_AVAILABLE ->
                proxy + " has " + snapshot.active() + " active servers and " + snapshot.backup()
                        + " backup servers available. " + snapshot.connections();
            case RUNNING_ON_BACKUP -> proxy + " is running on backup servers ! " + snapshot.connections();
            case NO_SERVER -> proxy + " has no server available ! " + snapshot.connections();
            case WITHOUT_SERVERS -> proxy + " has no servers. " + snapshot.connections();
        };
    }

    private static String connect(ConnectProblem problem) {
        String failed = problem.what() + " for backend " + problem.proxy();
        if (problem.detail() == null) {
            return failed + ".";
        }
        return failed + (problem.what().startsWith("Connect") ? ": " : ". ") + problem.detail() + ".";
    }

    /** HAProxy printed no such line; no line of its begins so. */
    private static String observed(ObservedServer observed) {
        StringBuilder text = new StringBuilder("observed: ")
                .append(observed.server())
                .append(" is ")
                .append(observed.status());
        reason(text, observed.reason());
        if (observed.address() != null) {
            text.append(", address: ").append(observed.address());
        }
        if (observed.fqdn() != null) {
            text.append(", name: ").append(observed.fqdn());
        }
        return text.toString();
    }
}
