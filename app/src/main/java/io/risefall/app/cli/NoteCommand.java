package io.risefall.app.cli;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.kafka.Notes;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.RuleOptions;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.runtime.Pipeline;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.ProgressDisplay;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.text.Printable;
import io.risefall.query.time.LocalTimes;
import io.risefall.query.time.PastMoment;
import io.risefall.schemas.note.Note;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code risefall note}: what somebody did. It goes to Kafka as all else does, so that every warehouse has it and can be made again. */
@Command(
        name = "note",
        headerHeading = "Example: risefall note \"deploy 4.2\" --proxy web%n%n",
        description = {
            "Notes what was done, such as a deployment, and returns when risefall changes shows it. Reports and diagnoses show it "
                    + "beside outages that began soon after.",
            "Also works while risefall run uses the same data directory. The same note of the same time is kept once."
        })
final class NoteCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TEXT", arity = "1..*", description = "what was done, of at most 500 characters")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "when it was done, such as 10m (ago), 14:30 or 2026-11-01T14:30+01:00 (default: now)")
    private @Nullable String at;

    @Option(
            names = "--proxy",
            paramLabel = "PROXY[/SERVER]",
            description = "the backend or server that it concerns (default: all)")
    private @Nullable String servers;

    @Option(names = "--node", paramLabel = "NODE", description = "the HAProxy host that it concerns (default: all)")
    private @Nullable String node;

    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    NoteCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Note note = note();
        DataDirectory data = new DataDirectory(common.data(), "risefall");
        if (common.kafka() == null
                && !Files.exists(data.warehouse())
                && ServiceClient.find(data.path()).isEmpty()) {
            throw QueryClient.noData(common);
        }
        try (Pipeline pipeline = Pipeline.open(common, zone.zone(), null, rules.rules(), terminal)) {
            Notes.publish(pipeline.kafka(), note);
            try (ProgressDisplay bar = new ProgressDisplay(terminal)) {
                pipeline.awaitQueryable(bar);
            }
            terminal.info("noted for " + LocalTimes.exact(note.at(), zone.zone()) + ": " + Printable.of(note.text()));
        }
        return CommandLine.ExitCode.OK;
    }

    private Note note() {
        try {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            ServerTarget target = ServerTarget.parse(servers, node);
            return new Note(
                    at == null ? now : PastMoment.of(at, zone.zone(), now),
                    String.join(" ", words),
                    target.node(),
                    target.proxy(),
                    target.server(),
                    now);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }
}
