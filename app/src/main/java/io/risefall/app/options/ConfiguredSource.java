package io.risefall.app.options;

import io.risefall.app.process.Failure;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A source of the configuration file: where it is and how to read it, in the words of the options. What it does not say
 * about its lines is as for all.
 */
@Command(name = "source")
public final class ConfiguredSource {
    @Mixin
    LiveOptions live = new LiveOptions();

    @Mixin
    SourceOptions source = new SourceOptions();

    /** The keys that it may have. */
    public static Set<String> keys() {
        return new CommandLine(new ConfiguredSource())
                .getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .map(name -> name.substring(2))
                        .collect(Collectors.toSet());
    }

    /** Reads the keys of one; what is wrong with them names the line. */
    public static ConfiguredSource of(Path file, List<ConfigFile.Entry> entries) {
        ConfiguredSource configured = new ConfiguredSource();
        CommandLine line = new CommandLine(configured).registerConverter(ZoneId.class, new ZoneConverter());
        for (ConfigFile.Entry entry : entries) {
            List<String> upTo = entries.subList(0, entries.indexOf(entry) + 1).stream()
                    .flatMap(one -> one.arguments().stream())
                    .toList();
            try {
                line.parseArgs(upTo.toArray(String[]::new));
            } catch (ParameterException e) {
                throw new Failure(
                        file + ":" + entry.line() + ": "
                                + Objects.requireNonNull(e.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElseThrow(),
                        e);
            }
        }
        if (configured.live.isEmpty()) {
            int at = entries.isEmpty() ? 1 : entries.get(0).line();
            throw new Failure(file + ":" + at + ": this source says not where it is: give it " + LiveOptions.WHERE);
        }
        return configured;
    }
}
