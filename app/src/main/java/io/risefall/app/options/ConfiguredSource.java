package io.risefall.app.options;

import io.risefall.app.process.CommandException;
import io.risefall.ingest.file.FilePattern;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.network.NetworkSource;
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
 * A source in the configuration file: where it is and how to read it, given by the names of the options. What it leaves out
 * about its lines is taken from the options of all sources.
 */
@Command(name = "source")
public final class ConfiguredSource {
    @Mixin
    private LiveOptions live = new LiveOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    /** The keys that a source may have. */
    public static Set<String> keys() {
        return new CommandLine(new ConfiguredSource())
                .getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .map(name -> name.substring(2))
                        .collect(Collectors.toSet());
    }

    /** Reads the keys of one source; an error names the line. */
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
                throw new CommandException(
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
            throw new CommandException(file + ":" + at + ": this source has no location: add " + LiveOptions.LOCATIONS);
        }
        return configured;
    }

    List<FileSource> files(SourceOptions defaults) {
        return live.files(source.or(defaults));
    }

    List<FilePattern> patterns(SourceOptions defaults) {
        return live.patterns(source.or(defaults));
    }

    List<NetworkSource> network(SourceOptions defaults) {
        return live.network(source.or(defaults));
    }
}
