package io.risefall.app.manual;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the shell fish completes after {@code risefall}: commands, and the options of each with what they are for. */
final class FishCompletion {
    private final CommandLine program;

    FishCompletion(CommandLine program) {
        this.program = program;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        for (CommandLine command : program.getSubcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            lines.add("complete -c risefall -n __fish_use_subcommand -f -a " + spec.name() + " -d "
                    + quoted(first(spec.usageMessage().description())));
            String here = "-n '__fish_seen_subcommand_from " + spec.name() + "'";
            for (CommandLine below : command.getSubcommands().values()) {
                CommandSpec inner = below.getCommandSpec();
                lines.add("complete -c risefall " + here + " -f -a " + inner.name() + " -d "
                        + quoted(first(inner.usageMessage().description())));
                inner.options().forEach(option -> lines.add(line(here, option)));
            }
            spec.options().forEach(option -> lines.add(line(here, option)));
        }
        return String.join("\n", lines.stream().distinct().toList()) + "\n";
    }

    private static String line(String condition, OptionSpec option) {
        StringBuilder line = new StringBuilder("complete -c risefall ").append(condition);
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (!option.typeInfo().isBoolean()) {
            boolean path = option.paramLabel().matches(".*(FILE|DIR|PATH).*");
            line.append(path ? " -r -F" : " -x");
        }
        return line.append(" -d ").append(quoted(first(option.description()))).toString();
    }

    /** What fits beside a candidate. */
    private static String first(String... description) {
        String text = Text.of(description).replace("\n", " ");
        int end = text.indexOf(";");
        return end < 0 ? text : text.substring(0, end);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
