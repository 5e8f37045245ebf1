package io.risefall.app.cli;

import io.risefall.app.options.EnumConverter;
import io.risefall.app.options.NodeOption;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.diagnose.DiagnosisAnswer;
import io.risefall.query.diagnose.DiagnosisFormat;
import io.risefall.query.diagnose.configured.ConfiguredDiagnosis;
import io.risefall.query.haproxy.HaproxyConfig;
import io.risefall.query.question.DiagnoseQuestion;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.text.PrettyJson;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code risefall diagnose}: why servers are down. */
@Command(
        name = "diagnose",
        headerHeading = "Example: risefall diagnose web/srv1%n%n",
        description = {
            "Names the likely cause of each open outage, how sure that is, the lines that show it, what speaks against it, what "
                    + "would settle it, and the commands to run next.",
            "Where nothing is down, it takes the latest outage of each server.",
            "With --haproxy-cfg the commands have real addresses and ports, the duration of the check that failed is compared with its "
                    + "limit, and there is advice about the configuration. The files are read here and not sent to the service; passwords in "
                    + "them are not printed. What comes from an environment variable is not known."
        })
final class DiagnoseCommand implements Callable<Integer> {
    /** Ids have twelve digits. What is shorter than six is more likely a name, such as cafe. */
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{6,12}");

    private final Terminal terminal;

    @Parameters(
            paramLabel = "PROXY[/SERVER]|OUTAGE_ID",
            arity = "0..1",
            description =
                    "a backend, a server, or the id of an outage or at least six digits of it (default: all servers)")
    private @Nullable String subject;

    @Option(names = "--outage", description = "the argument is the id of an outage, or any part that it begins with")
    private boolean outage;

    @Mixin
    private NodeOption node = new NodeOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = EnumConverter.OfDiagnosis.class,
            description = "text, markdown or json (default: ${DEFAULT-VALUE})")
    private DiagnosisFormat format = DiagnosisFormat.TEXT;

    @Option(
            names = "--haproxy-cfg",
            paramLabel = "FILE",
            description = "HAProxy's configuration, or a folder with *.cfg; several in the order of haproxy -f")
    private List<Path> haproxyFiles = new ArrayList<>();

    @Mixin
    private AskOptions options = new AskOptions();

    DiagnoseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (haproxyFiles.isEmpty()) {
            return options.ask(terminal, new DiagnoseQuestion(), () -> parameters(format));
        }
        ConfiguredDiagnosis configured = new ConfiguredDiagnosis(HaproxyConfig.read(haproxyFiles));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        int exitCode = options.ask(
                json, new DiagnoseQuestion(), () -> DiagnoseQuestion.withServers(parameters(DiagnosisFormat.JSON)));
        DiagnosisAnswer answer = PrettyJson.read(json.toByteArray(), DiagnosisAnswer.class);
        format.render(configured.of(answer, target()), terminal.out());
        terminal.out().flush();
        return exitCode;
    }

    private boolean isId() {
        return subject != null && (outage || ID.matcher(subject).matches());
    }

    /** All servers, where the subject is an outage. */
    private ServerTarget target() {
        return ServerTarget.parse(isId() ? null : subject, node.node());
    }

    private QuestionParameters parameters(DiagnosisFormat answered) {
        String id = isId() && subject != null ? subject.toLowerCase(Locale.ROOT) : null;
        return DiagnoseQuestion.parameters(id, target(), options.zone(), answered);
    }
}
