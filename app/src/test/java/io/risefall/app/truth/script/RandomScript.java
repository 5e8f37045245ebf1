package io.risefall.app.truth.script;

import io.risefall.app.truth.haproxy.ScriptedAgent;
import io.risefall.app.truth.haproxy.ScriptedService;
import io.risefall.app.truth.haproxy.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A run that nobody thought of: services fail, operators, agents and reloads come in an order that a seed gives. Where time
 * itself decides (whether a check falls before a command) the same seed can play differently.
 */
public final class RandomScript implements Script {
    private static final int STEPS = 24;
    /** Longer than two checks in a row. */
    private static final double SETTLED = 0.6;

    /** Whether some steps do not wait for the one before: then samples miss some of what happens. */
    private static final boolean HASTY = Boolean.getBoolean("risefall.random.hasty");

    private static final List<String> AGENT = List.of(
            "up", "ready", "up ready", "down #disk full", "fail #no idea", "stopped", "maint", "drain", "50%", "100%");

    private final Random random;
    private final Map<String, ScriptedService> services = new LinkedHashMap<>();

    public RandomScript(long seed) {
        random = new Random(seed);
    }

    @Override
    public void play(Stage stage) throws Exception {
        for (String server : List.of("a", "b", "c", "d")) {
            services.put(server, stage.service());
        }
        ScriptedAgent agent = stage.part(new ScriptedAgent());
        stage.start(1, """
                backend web
                    load-server-state-from-file global
                    server a 127.0.0.1:%d
                    server b 127.0.0.1:%d
                    server c 127.0.0.1:%d agent-check agent-port %d agent-inter 150ms
                    server d 127.0.0.1:%d backup
                backend app
                    load-server-state-from-file global
                    server one 127.0.0.1:%d track web/a no-check
                """.formatted(
                        services.get("a").port(),
                        services.get("b").port(),
                        services.get("c").port(),
                        agent.port(),
                        services.get("d").port(),
                        services.get("a").port()));
        stage.until("web/d", "UP");
        stage.untilQuiet(SETTLED);
        for (int i = 0; i < STEPS; i++) {
            step(stage, agent);
            if (!HASTY || random.nextInt(4) > 0) {
                stage.untilQuiet(SETTLED);
            }
        }
        settle(stage, agent);
    }

    /** In the end every server says a word, so that nothing is left open. */
    private void settle(Stage stage, ScriptedAgent agent) throws IOException {
        stage.say("all ok");
        services.values().forEach(ScriptedService::ok);
        agent.says("up ready");
        for (String server : services.keySet()) {
            stage.command("set server web/" + server + " state ready");
        }
        for (String server : services.keySet()) {
            stage.until("web/" + server, "UP");
        }
        stage.until("app/one", "UP");
    }

    private void step(Stage stage, ScriptedAgent agent) throws Exception {
        String server = List.copyOf(services.keySet()).get(random.nextInt(services.size()));
        ScriptedService service = services.get(server);
        switch (random.nextInt(12)) {
            case 0, 1 -> {
                stage.say("refuse " + server);
                service.refuse();
            }
            case 2 -> {
                stage.say("503 " + server);
                service.answer(503);
            }
            case 3, 4, 5 -> {
                stage.say("ok " + server);
                service.ok();
            }
            case 6 -> command(stage, server, "maint");
            case 7 -> command(stage, server, "ready");
            case 8 -> command(stage, server, random.nextBoolean() ? "drain" : "ready");
            case 9 -> {
                String words = AGENT.get(random.nextInt(AGENT.size()));
                stage.say("agent of c: " + words);
                agent.says(words);
            }
            case 10 -> reload(stage);
            default -> end(stage);
        }
    }

    private void command(Stage stage, String server, String state) throws IOException {
        stage.say(state + " " + server);
        stage.command("set server web/" + server + " state " + state);
    }

    private void reload(Stage stage) throws Exception {
        if (random.nextBoolean()) {
            stage.say("reload with its state");
            stage.saveServerState();
        } else {
            stage.say("reload");
            Files.deleteIfExists(stage.serverStateFile());
        }
        stage.reload();
    }

    private void end(Stage stage) throws Exception {
        switch (random.nextInt(4)) {
            case 0 -> {
                stage.say("crash");
                Files.deleteIfExists(stage.serverStateFile());
                stage.crash();
            }
            case 1 -> {
                stage.say("restart");
                Files.deleteIfExists(stage.serverStateFile());
                stage.restart();
            }
            default -> {
                stage.say("dump");
                stage.dump();
            }
        }
    }
}
