package io.risefall.app.cli;

import io.risefall.app.options.AgeConverter;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.NodeOption;
import io.risefall.app.process.CommandException;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.question.VerifyQuestion;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.verify.PluginResult;
import io.risefall.query.verify.PluginStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code risefall verify}: whether servers are well, as a check command of a monitoring system. */
@Command(
        name = "verify",
        headerHeading = "Example: risefall verify web/srv1 --for 10m --wait%n%n",
        description = {
            "Is it fixed? Prints one line and exits as a Nagios or Icinga check command: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.",
            "OK: every server is up, no check failed for the time of --for, and the log of every node goes on.",
            "WARNING: all is up, but something failed within that time, or a server is in maintenance or drain.",
            "CRITICAL: a server is down.",
            "UNKNOWN: the log does not tell: it ended, a node is silent, or no service runs."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Terminal terminal;

    @Parameters(paramLabel = "PROXY[/SERVER]", arity = "0..1", description = "the backend or server (default: all)")
    private @Nullable String target;

    @Option(
            names = "--for",
            paramLabel = "AGE",
            converter = AgeConverter.class,
            defaultValue = "10m",
            description =
                    "how long nothing may have failed, and how old the last line of a node may be, such as 90s or 1h "
                            + "(default: ${DEFAULT-VALUE})")
    private Duration window = VerifyQuestion.WINDOW;

    @Mixin
    private NodeOption node = new NodeOption();

    @Option(names = "--wait", description = "wait until the answer is OK")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "AGE",
            converter = AgeConverter.class,
            description =
                    "with --wait: answer after this time, whatever the answer is (default: twice the time of --for)")
    private @Nullable Duration timeout;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        QuestionParameters parameters = VerifyQuestion.parameters(target(), window);
        long deadline = System.nanoTime() + patience().toNanos();
        Answered answered = ask(parameters);
        while (answered.exitCode != PluginStatus.OK.exitCode() && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.sleep(Math.min(POLL.toNanos(), deadline - System.nanoTime()));
            answered = ask(parameters);
        }
        terminal.out().print(answered.line);
        terminal.out().flush();
        return answered.exitCode;
    }

    private Duration patience() {
        if (!wait) {
            return Duration.ZERO;
        }
        return timeout == null ? window.multipliedBy(2) : timeout;
    }

    private ServerTarget target() {
        try {
            return ServerTarget.parse(target, node.node());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** While it waits, a service may be restarted. */
    private Answered ask(QuestionParameters parameters) throws Exception {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (QueryClient answers = QueryClient.open(common, ZoneOffset.UTC)) {
            int exitCode = answers.ask(new VerifyQuestion(), parameters, line);
            return new Answered(exitCode, line.toString(StandardCharsets.UTF_8));
        } catch (CommandException e) {
            PluginResult unknown = PluginResult.unknown(String.valueOf(e.getMessage()));
            return new Answered(unknown.status().exitCode(), unknown.line() + "\n");
        }
    }

    private record Answered(int exitCode, String line) {}
}
