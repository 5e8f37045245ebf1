package io.risefall.app.options;

import io.risefall.query.answer.AnswerFormat;
import picocli.CommandLine.Option;

/** How a command that prints one page does so. */
public final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = EnumConverter.OfAnswer.class,
            description = "text, markdown, json or csv (default: ${DEFAULT-VALUE})")
    private AnswerFormat format = AnswerFormat.TEXT;

    public AnswerFormat format() {
        return format;
    }
}
