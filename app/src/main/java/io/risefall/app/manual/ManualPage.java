package io.risefall.app.manual;

import io.risefall.app.runtime.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, as {@code man} reads it (man(7)): what {@code --help} says, section by section. */
final class ManualPage {
    private final CommandSpec command;

    ManualPage(CommandLine command) {
        this.command = command.getCommandSpec();
    }

    /** {@code risefall-alert-test}. */
    String name() {
        return command.qualifiedName("-");
    }

    String text() {
        List<String> lines = new ArrayList<>();
        String version = Version.number();
        lines.add(".TH " + quoted(name().toUpperCase(java.util.Locale.ROOT)) + " 1 \"\" "
                + quoted("Risefall " + version));
        section(lines, "NAME");
        lines.add(plain(name()) + " \\- " + plain(summary()));
        section(lines, "SYNOPSIS");
        lines.add(".B " + plain(command.qualifiedName()));
        synopsis().forEach(word -> lines.add(plain(word)));
        section(lines, "DESCRIPTION");
        paragraphs(lines, command.usageMessage().description());
        paragraphs(lines, command.usageMessage().headerHeading());
        positional(lines);
        options(lines);
        commands(lines);
        paragraphs(lines, command.usageMessage().footer());
        seeAlso(lines);
        return String.join("\n", lines) + "\n";
    }

    private String summary() {
        String first =
                Arrays.stream(command.usageMessage().description()).findFirst().orElse("");
        int end = first.indexOf(". ");
        return (end < 0 ? first : first.substring(0, end)).replaceFirst("\\.$", "");
    }

    private Stream<String> synopsis() {
        return Stream.concat(
                Stream.of(command.subcommands().isEmpty() ? "[OPTIONS]" : "COMMAND"),
                command.positionalParameters().stream()
                        .filter(parameter -> !parameter.hidden())
                        .map(PositionalParamSpec::paramLabel)
                        .map(label -> "[" + label + "]"));
    }

    private void positional(List<String> lines) {
        List<PositionalParamSpec> parameters = command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        if (!parameters.isEmpty()) {
            section(lines, "ARGUMENTS");
            parameters.forEach(parameter -> entry(lines, parameter.paramLabel(), parameter.description()));
        }
    }

    private void options(List<String> lines) {
        section(lines, "OPTIONS");
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                entry(lines, heading(option), option.description());
            }
        }
    }

    private static String heading(OptionSpec option) {
        String value = option.typeInfo().isBoolean() ? "" : "=" + option.paramLabel();
        return Arrays.stream(option.names()).collect(Collectors.joining(", ")) + value;
    }

    private void commands(List<String> lines) {
        if (!command.subcommands().isEmpty()) {
            section(lines, "COMMANDS");
            command.subcommands().values().forEach(below -> {
                ManualPage page = new ManualPage(below);
                entry(lines, page.name() + "(1)", page.summary());
            });
        }
    }

    private void seeAlso(List<String> lines) {
        if (command.parent() != null) {
            section(lines, "SEE ALSO");
            lines.add(plain(new ManualPage(command.parent().commandLine()).name()) + "(1)");
        }
    }

    private static void section(List<String> lines, String title) {
        lines.add(".SH " + title);
    }

    private static void entry(List<String> lines, String heading, String... description) {
        lines.add(".TP");
        lines.add(".B " + plain(heading));
        lines.add(plain(Text.of(description).replace("\n", " ")));
    }

    private static void paragraphs(List<String> lines, String... text) {
        Text.of(text).lines().filter(line -> !line.isBlank()).forEach(line -> {
            lines.add(".PP");
            lines.add(plain(line));
        });
    }

    private static String quoted(String text) {
        return '"' + plain(text).replace("\"", "\\(dq") + '"';
    }

    /** Text that {@code man} prints as it is: it reads commands after a dot or a quote at the beginning, and after backslashes. */
    private static String plain(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
