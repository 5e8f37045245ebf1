package io.risefall.app.truth.script;

import io.risefall.app.truth.haproxy.ScriptedService;
import io.risefall.app.truth.haproxy.Stage;

/** What operators do at the runtime API. */
final class OperatorScripts {
    private OperatorScripts() {}

    static void maintenanceInAnOutage(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedService c = stage.service();
        stage.start(1, Scripts.WEB.formatted(a.port(), b.port()) + "    server c 127.0.0.1:%d\n".formatted(c.port()));
        stage.until("web/c", "UP");
        a.refuse();
        stage.until("web/a", "DOWN");
        stage.command("set server web/a state maint");
        stage.until("web/a", "MAINT");
        a.ok();
        stage.command("set server web/a state ready");
        stage.until("web/a", "UP");
        b.answer(503);
        stage.until("web/b", "DOWN");
        stage.command("set server web/b state maint");
        stage.until("web/b", "MAINT");
        stage.command("set server web/b state ready"); // not repaired meanwhile
        stage.until("web/b", "DOWN");
        stage.command("set server web/c state drain");
        stage.until("web/c", "DRAIN");
        c.refuse();
        stage.until("web/c", "DOWN");
        stage.command("set server web/c state ready");
        c.ok();
        stage.until("web/c", "UP");
        b.ok();
        stage.until("web/b", "UP");
    }

    static void dynamicServers(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, """
                backend web
                    balance roundrobin
                    server a 127.0.0.1:%d
                """.formatted(a.port()));
        stage.until("web/a", "UP");
        stage.command(
                "experimental-mode on;add server web/new 127.0.0.1:%d check inter 150ms fall 2 rise 2"
                        .formatted(b.port()),
                "New server registered.");
        stage.command("enable health web/new");
        stage.command("enable server web/new");
        stage.until("web/new", "UP");
        b.answer(503);
        stage.until("web/new", "DOWN");
        b.ok();
        stage.until("web/new", "UP");
        b.refuse();
        stage.until("web/new", "DOWN");
        stage.command("set server web/new state maint");
        stage.until("web/new", "MAINT");
        stage.command("disable health web/new");
        stage.command("experimental-mode on;del server web/new", "Server deleted.");
        stage.until("web/new", "");
        a.refuse();
        stage.until("web/a", "DOWN");
    }

    /** What the runtime API says of a server's health, while its checks are off. */
    static void forcedHealth(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, Scripts.WEB.formatted(a.port(), b.port()));
        stage.until("web/a", "UP");
        stage.until("web/b", "UP");
        stage.command("disable health web/a");
        stage.untilNoCheckRuns("web/a");
        stage.command("set server web/a health down");
        stage.until("web/a", "DOWN");
        stage.command("set server web/a health up");
        stage.until("web/a", "NOCHECK");
        a.refuse();
        stage.untilQuiet(Scripts.LONG); // nobody checks
        stage.command("enable health web/a");
        stage.until("web/a", "DOWN");
        b.refuse();
        stage.until("web/b", "DOWN");
        stage.command("set server web/b health stopping");
        b.ok();
        stage.until("web/b", "UP");
    }

    /** Drained while it is up, while it is DOWN, and over an outage. */
    static void drain(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, Scripts.WEB.formatted(a.port(), b.port()));
        stage.until("web/b", "UP");
        stage.command("set server web/a state drain");
        stage.until("web/a", "DRAIN");
        a.refuse();
        stage.until("web/a", "DOWN");
        a.ok();
        stage.until("web/a", "DRAIN");
        stage.command("set server web/a state ready");
        stage.until("web/a", "UP");
        b.answer(503);
        stage.until("web/b", "DOWN");
        stage.command("set server web/b state drain");
        b.ok();
        stage.until("web/b", "DRAIN");
        stage.command("set server web/b state maint");
        stage.until("web/b", "MAINT");
        stage.command("set server web/b state ready");
        stage.until("web/b", "UP");
    }
}
