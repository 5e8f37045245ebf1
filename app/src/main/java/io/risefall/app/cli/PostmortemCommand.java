package io.risefall.app.cli;

import io.risefall.app.options.EnumConverter;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.question.PostmortemQuestion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code risefall postmortem}: all about one incident or outage. */
@Command(
        name = "postmortem",
        headerHeading = "Example: risefall postmortem 3f2a9c01b77e > postmortem.md%n%n",
        description = {
            "Prints what is known of an incident or outage, to be pasted: a timeline with HAProxy's lines, what each load balancer saw, "
                    + "how many servers were left, the likely cause with its lines, what was done before, how late it was noticed, "
                    + "and what the log does not answer.",
            "Ids are in reports, and in the views incidents and outages."
        })
final class PostmortemCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "INCIDENT_ID|OUTAGE_ID",
            description = "the id of an incident or outage, or at least four digits of it")
    private String id = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "markdown",
            converter = EnumConverter.OfAnswer.class,
            description = "markdown, text, json, or csv with the timeline alone (default: ${DEFAULT-VALUE})")
    private AnswerFormat format = AnswerFormat.MARKDOWN;

    @Mixin
    private AskOptions options = new AskOptions();

    PostmortemCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        return options.ask(
                terminal, new PostmortemQuestion(), () -> PostmortemQuestion.parameters(id, options.zone(), format));
    }
}
