package io.risefall.app.options;

import io.risefall.app.process.CommandException;
import io.risefall.streams.model.StreamsSettings.Damping;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The rules that turn lines into states. They define what results mean: set them in the configuration file, for all commands. */
public final class RuleOptions {
    private static final Rules DEFAULT = Rules.DEFAULTS;

    @Option(
            names = "--corrections",
            paramLabel = "DAYS",
            description = "how many days back a late line still corrects results; reports show it (default: 7)")
    private int corrections = (int) DEFAULT.corrections().toDays();

    @Option(
            names = "--startup",
            paramLabel = "SECONDS",
            converter = JournalOptions.SecondsConverter.class,
            description =
                    "a first DOWN this soon after a reload continues the outage from before the reload (default: 10)")
    private Duration startup = DEFAULT.startup();

    @Option(
            names = "--gone-after",
            paramLabel = "DAYS",
            description =
                    "a server is removed when no line has named it for this many days and its process was replaced "
                            + "(default: 30)")
    private int goneAfter = (int) DEFAULT.expireAfter().toDays();

    @Option(
            names = "--flap-penalty",
            paramLabel = "N",
            description = "penalty that each DOWN adds to its server (default: 1000)")
    private double perDown = DEFAULT.damping().perDown();

    @Option(
            names = "--flap-half-life",
            paramLabel = "SECONDS",
            converter = JournalOptions.SecondsConverter.class,
            description = "time in which the penalty halves (default: 900)")
    private Duration halfLife = DEFAULT.damping().halfLife();

    @Option(
            names = "--flapping-from",
            paramLabel = "N",
            description = "a server is flapping at or above this penalty (default: 2000)")
    private double flappingFrom = DEFAULT.damping().flappingFrom();

    @Option(
            names = "--flapping-until",
            paramLabel = "N",
            description = "a flapping server is calm again below this penalty (default: 750)")
    private double calmBelow = DEFAULT.damping().calmBelow();

    @Option(names = "--flap-ceiling", paramLabel = "N", description = "maximum penalty (default: 12000)")
    private double ceiling = DEFAULT.damping().ceiling();

    public Rules rules() {
        if (corrections < 1 || corrections > 365) {
            throw new CommandException("--corrections must be between 1 and 365 days");
        }
        if (goneAfter <= corrections) {
            throw new CommandException("--gone-after must be greater than --corrections (" + corrections + " days)");
        }
        if (startup.isZero()) {
            throw new CommandException("--startup must be greater than 0 seconds");
        }
        boolean valid = perDown > 0 && calmBelow > 0 && calmBelow < flappingFrom && flappingFrom <= ceiling;
        if (!valid || halfLife.isZero()) {
            throw new CommandException(
                    "invalid flapping options: required are 0 < --flapping-until < --flapping-from <= --flap-ceiling, and"
                            + " --flap-penalty and --flap-half-life greater than 0");
        }
        return new Rules(
                startup,
                Duration.ofDays(corrections),
                Duration.ofDays(goneAfter),
                new Damping(perDown, halfLife, flappingFrom, calmBelow, ceiling));
    }
}
