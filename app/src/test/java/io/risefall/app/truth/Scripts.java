package io.risefall.app.truth;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is done to a real HAProxy, by name. Each goes on when HAProxy's own account shows what it waits for. */
final class Scripts {
    /** Loses lines on purpose. */
    static final String LOST = "lost";
    /** To be read in another zone. */
    static final String WRONG_ZONE = "wrong-zone";

    /** Seconds: more than a stamp of whole seconds can be off. */
    private static final double LONG = 1.5;

    private static final int FLAPS = 8;

    private static final String WEB = """
            backend web
                server a 127.0.0.1:%d
                server b 127.0.0.1:%d
            """;

    private Scripts() {}

    static Map<String, Script> all() {
        Map<String, Script> all = new LinkedHashMap<>();
        all.put("maintenance-in-an-outage", Scripts::maintenanceInAnOutage);
        all.put("reload", Scripts::reload);
        all.put("reload-with-state-file", Scripts::reloadWithStateFile);
        all.put("two-reloads", Scripts::twoReloads);
        all.put("crash", Scripts::crash);
        all.put("agent", Scripts::agent);
        all.put("dns", Scripts::dns);
        all.put("dynamic-servers", Scripts::dynamicServers);
        all.put("tracked", Scripts::tracked);
        all.put("doubled-targets", stage -> flaps(stage, 2, false));
        all.put("rotated", stage -> flaps(stage, 1, true));
        all.put(LOST, stage -> flaps(stage, 1, false));
        all.put("each-once", Scripts::eachOnce);
        all.put(WRONG_ZONE, Scripts::eachOnce);
        return all;
    }

    private static void maintenanceInAnOutage(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedService c = stage.service();
        stage.start(1, WEB.formatted(a.port(), b.port()) + "    server c 127.0.0.1:%d\n".formatted(c.port()));
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

    /** An outage of each reason, and one maintenance: what can be told apart in whole seconds. */
    private static void eachOnce(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, WEB.formatted(a.port(), b.port()));
        stage.until("web/a", "UP");
        a.refuse();
        b.answer(503);
        stage.until("web/a", "DOWN");
        stage.until("web/b", "DOWN");
        stage.untilQuiet(LONG);
        a.ok();
        stage.until("web/a", "UP");
        stage.command("set server web/a state maint");
        stage.until("web/a", "MAINT");
        stage.untilQuiet(LONG);
        b.ok();
        stage.until("web/b", "UP");
    }

    /** One server stays broken over the reload, one is repaired before its old process believes it. */
    private static void reload(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedService c = stage.service();
        stage.start(1, """
                backend web
                    server a 127.0.0.1:%d
                    server b 127.0.0.1:%d rise 1000
                    server c 127.0.0.1:%d
                """.formatted(a.port(), b.port(), c.port()));
        stage.until("web/b", "UP");
        a.refuse();
        b.answer(500);
        stage.until("web/a", "DOWN");
        stage.until("web/b", "DOWN");
        b.ok();
        stage.reload();
        stage.until("web/a", "DOWN");
        c.refuse();
        stage.until("web/c", "DOWN");
        a.ok();
        stage.until("web/a", "UP");
    }

    private static void reloadWithStateFile(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedService c = stage.service();
        stage.start(1, """
                backend web
                    load-server-state-from-file global
                    server a 127.0.0.1:%d
                    server b 127.0.0.1:%d
                    server c 127.0.0.1:%d
                """.formatted(a.port(), b.port(), c.port()));
        stage.until("web/c", "UP");
        a.refuse();
        stage.until("web/a", "DOWN");
        stage.command("set server web/b state maint");
        stage.until("web/b", "MAINT");
        stage.saveServerState();
        stage.reload();
        stage.until("web/a", "DOWN");
        stage.until("web/b", "MAINT");
        stage.command("set server web/b state ready");
        stage.until("web/b", "UP");
        a.ok();
        stage.until("web/a", "UP");
        c.refuse();
        stage.until("web/c", "DOWN");
    }

    private static void twoReloads(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, WEB.formatted(a.port(), b.port()));
        stage.until("web/a", "UP");
        a.refuse();
        stage.until("web/a", "DOWN");
        stage.reload();
        stage.reload();
        stage.until("web/a", "DOWN");
        a.ok();
        stage.until("web/a", "UP");
        b.refuse();
        stage.until("web/b", "DOWN");
    }

    private static void crash(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, WEB.formatted(a.port(), b.port()));
        stage.until("web/a", "UP");
        a.refuse();
        stage.until("web/a", "DOWN");
        b.answer(503);
        stage.until("web/b", "DOWN");
        stage.crash();
        stage.until("web/a", "DOWN");
        stage.until("web/b", "DOWN");
        a.ok();
        stage.until("web/a", "UP");
        b.ok();
        stage.until("web/b", "UP");
    }

    private static void agent(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedAgent agent = stage.part(new ScriptedAgent());
        stage.start(1, """
                backend web
                    server a 127.0.0.1:%d agent-check agent-port %d agent-inter 150ms
                    server b 127.0.0.1:%d
                """.formatted(a.port(), agent.port(), b.port()));
        stage.until("web/a", "UP");
        for (String down : new String[] {"down #disk full", "fail", "stopped #bye"}) {
            agent.says(down);
            stage.until("web/a", "DOWN");
            agent.says("up ready");
            stage.until("web/a", "UP");
        }
        agent.says("maint");
        stage.until("web/a", "MAINT");
        agent.says("ready");
        stage.until("web/a", "UP");
        agent.says("drain");
        stage.until("web/a", "DRAIN");
        agent.says("ready");
        stage.until("web/a", "UP");
        a.refuse(); // its own check, while the agent says ready
        stage.until("web/a", "DOWN");
        a.ok();
        stage.until("web/a", "UP");
    }

    private static void dns(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedNames names = stage.part(new ScriptedNames());
        stage.start(1, """
                resolvers loopback
                    nameserver one 127.0.0.1:%d
                    resolve_retries 1
                    timeout resolve 200ms
                    timeout retry 200ms
                    hold valid 200ms
                    hold obsolete 200ms
                    hold nx 200ms
                    hold other 200ms
                backend web
                    server a a.risefall.test:%d resolvers loopback resolve-prefer ipv4 init-addr none
                    server b 127.0.0.1:%d
                """.formatted(names.port(), a.port(), b.port()));
        stage.until("web/a", "UP");
        names.know(false);
        stage.until("web/a", "MAINT");
        names.know(true);
        stage.until("web/a", "UP");
        a.refuse();
        stage.until("web/a", "DOWN");
        names.know(false);
        stage.until("web/a", "MAINT");
        a.ok();
        names.know(true);
        stage.until("web/a", "UP");
    }

    private static void dynamicServers(Stage stage) throws Exception {
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

    private static void tracked(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, WEB.formatted(a.port(), b.port()) + """
                backend app
                    server one 127.0.0.1:%d track web/a no-check
                backend api
                    server two 127.0.0.1:%d track app/one no-check
                """.formatted(a.port(), a.port()));
        stage.until("api/two", "UP");
        a.refuse();
        stage.until("api/two", "DOWN");
        a.ok();
        stage.until("api/two", "UP");
        stage.command("set server web/a state maint");
        stage.until("api/two", "MAINT");
        stage.command("set server web/a state ready");
        stage.until("api/two", "UP");
        a.answer(500);
        stage.until("app/one", "DOWN");
    }

    /** Many outages, of two servers of one backend and of the only one of another. */
    private static void flaps(Stage stage, int targets, boolean rotate) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedService c = stage.service();
        ScriptedService d = stage.service();
        stage.start(targets, WEB.formatted(a.port(), b.port()) + """
                    server c 127.0.0.1:%d
                backend alone
                    server d 127.0.0.1:%d
                """.formatted(c.port(), d.port()));
        stage.until("web/c", "UP");
        for (int i = 0; i < FLAPS; i++) {
            a.refuse();
            b.answer(503);
            d.refuse();
            untilAll(stage, "DOWN", "web/a", "web/b", "alone/d");
            if (rotate && i % 2 == 0) {
                stage.rotateLogs();
            }
            a.ok();
            b.ok();
            d.ok();
            untilAll(stage, "UP", "web/a", "web/b", "alone/d");
        }
    }

    private static void untilAll(Stage stage, String state, String... servers) {
        for (String server : servers) {
            stage.until(server, state);
        }
    }
}
