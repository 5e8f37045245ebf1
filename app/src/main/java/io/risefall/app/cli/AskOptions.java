package io.risefall.app.cli;

import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.ZoneOption;
import io.risefall.app.serving.QueryClient;
import io.risefall.app.terminal.Terminal;
import io.risefall.query.question.Question;
import io.risefall.query.question.QuestionParameters;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command has that asks one question: the zone, the common options, and the way to the answer. */
final class AskOptions {
    @Mixin
    private ZoneOption zone = new ZoneOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    ZoneId zone() {
        return zone.zone();
    }

    /**
     * Prints the answer.
     *
     * @param parameters throws an {@link IllegalArgumentException} where the command was misused
     * @return the exit code
     */
    Integer ask(Terminal terminal, Question question, Supplier<QuestionParameters> parameters) throws Exception {
        int exitCode = ask(terminal.out(), question, parameters);
        terminal.out().flush();
        return exitCode;
    }

    /** As above, and the answer is written to {@code out}. */
    int ask(OutputStream out, Question question, Supplier<QuestionParameters> parameters) throws Exception {
        QuestionParameters valid = valid(parameters);
        try (QueryClient answers = QueryClient.open(common, zone())) {
            return answers.ask(question, valid, out);
        }
    }

    private QuestionParameters valid(Supplier<QuestionParameters> parameters) {
        try {
            return parameters.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }
}
