package io.risefall.app.truth.script;

import io.risefall.app.truth.haproxy.ScriptedAgent;
import io.risefall.app.truth.haproxy.ScriptedNames;
import io.risefall.app.truth.haproxy.ScriptedService;
import io.risefall.app.truth.haproxy.Stage;

/** What checks, agents and names do. */
final class CheckScripts {
    private CheckScripts() {}

    static void agent(Stage stage) throws Exception {
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

    static void dns(Stage stage) throws Exception {
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

    static void tracked(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, Scripts.WEB.formatted(a.port(), b.port()) + """
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

    /** An agent that says down and then nothing: only its word counts. */
    static void agentOutOfReach(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        ScriptedAgent agent = stage.part(new ScriptedAgent());
        stage.start(1, """
                backend web
                    server a 127.0.0.1:%d agent-check agent-port %d agent-inter 150ms
                    server b 127.0.0.1:%d
                """.formatted(a.port(), agent.port(), b.port()));
        stage.until("web/a", "UP");
        agent.says("down #disk full");
        stage.until("web/a", "DOWN");
        agent.says("up");
        stage.until("web/a", "UP");
        agent.close();
        stage.untilQuiet(Scripts.LONG);
        a.answer(500);
        stage.until("web/a", "DOWN");
        a.ok();
        stage.until("web/a", "UP");
    }

    /** The only server of a backend asks for no more sessions, then goes, then comes back slowly. */
    static void stopping(Stage stage) throws Exception {
        ScriptedService a = stage.service();
        ScriptedService b = stage.service();
        stage.start(1, """
                backend web
                    http-check disable-on-404
                    server a 127.0.0.1:%d slowstart 1s
                    server b 127.0.0.1:%d backup
                """.formatted(a.port(), b.port()));
        stage.until("web/a", "UP");
        stage.until("web/b", "UP");
        a.answer(404);
        stage.until("web/a", "NOLB");
        a.ok();
        stage.until("web/a", "UP");
        a.answer(404);
        stage.until("web/a", "NOLB");
        a.refuse();
        stage.until("web/a", "DOWN");
        b.refuse();
        stage.until("web/b", "DOWN");
        a.ok();
        stage.until("web/a", "UP");
        stage.untilQuiet(Scripts.LONG); // the end of the slow start
        b.ok();
        stage.until("web/b", "UP");
    }
}
