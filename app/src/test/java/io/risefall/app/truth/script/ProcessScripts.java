package io.risefall.app.truth.script;

import io.risefall.app.truth.haproxy.ScriptedService;
import io.risefall.app.truth.haproxy.Stage;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** One process after another. */
final class ProcessScripts {
    private ProcessScripts() {}

    /** One server stays broken over the reload, one is repaired before its old process believes it. */
    static void reload(Stage stage) throws Exception {
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

    static void reloadWithStateFile(Stage stage) throws Exception {
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

    static void twoReloads(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, Scripts.WEB.formatted(a.port(), b.port()));
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

    static void crash(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, Scripts.WEB.formatted(a.port(), b.port()));
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

    /** All of it stops, and another HAProxy begins. */
    static void restart(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, Scripts.WEB.formatted(a.port(), b.port()));
        stage.until("web/a", "UP");
        a.refuse();
        stage.until("web/a", "DOWN");
        stage.command("set server web/b state maint");
        stage.until("web/b", "MAINT");
        stage.restart();
        stage.until("web/a", "DOWN");
        a.ok();
        stage.until("web/a", "UP");
    }

    /** The old worker lives on for a client that does not let go, and stops when the new one has said much. */
    static void longOldWorker(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, Scripts.WEB.formatted(a.port(), b.port()) + """
                listen held
                    mode tcp
                    bind unix@%s
                    server any 127.0.0.1:%d no-check
                """.formatted(stage.socket("held"), b.port()));
        stage.until("web/a", "UP");
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(stage.socket("held")));
        a.refuse();
        stage.until("web/a", "DOWN");
        stage.reload();
        stage.until("web/a", "DOWN");
        a.ok();
        stage.until("web/a", "UP");
        client.close();
        b.answer(500);
        stage.until("web/b", "DOWN");
        stage.reload();
        stage.until("web/b", "DOWN");
        b.ok();
        stage.until("web/b", "UP");
    }

    /** A dump tells what the new process took from the server-state file without a word. */
    static void dump(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, """
                backend web
                    load-server-state-from-file global
                    server a 127.0.0.1:%d
                    server b 127.0.0.1:%d
                """.formatted(a.port(), b.port()));
        stage.until("web/b", "UP");
        a.refuse();
        stage.until("web/a", "DOWN");
        stage.command("set server web/b state maint");
        stage.until("web/b", "MAINT");
        stage.saveServerState();
        stage.reload();
        stage.untilQuiet(Scripts.LONG);
        stage.dump();
    }
}
