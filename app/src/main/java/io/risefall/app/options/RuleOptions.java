package io.risefall.app.options;

import io.risefall.app.process.Failure;
import io.risefall.streams.model.StreamsSettings.Damping;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How lines become states. Part of what results mean: set them in the configuration file, once for every command. */
public final class RuleOptions {
    private static final Rules DEFAULT = Rules.DEFAULTS;

    @Option(
            names = "--corrections",
            paramLabel = "DAYS",
            description = "how far back a late line corrects the past; the report says so (default: 7)")
    private int corrections = (int) DEFAULT.corrections().toDays();

    @Option(
            names = "--startup",
            paramLabel = "SECONDS",
            converter = JournalOptions.Seconds.class,
            description = "how long after a reload a first DOWN still continues the outage before it (default: 10)")
    private Duration startup = DEFAULT.startup();

    @Option(
            names = "--gone-after",
            paramLabel = "DAYS",
            description = "a server that no line names for so long, and whose process was replaced since, is gone "
                    + "(default: 30)")
    private int goneAfter = (int) DEFAULT.expireAfter().toDays();

    @Option(
            names = "--flap-penalty",
            paramLabel = "N",
            description = "what a DOWN adds to the damping penalty of its server (default: 1000)")
    private double perDown = DEFAULT.damping().perDown();

    @Option(
            names = "--flap-half-life",
            paramLabel = "SECONDS",
            converter = JournalOptions.Seconds.class,
            description = "in which the penalty halves (default: 900)")
    private Duration halfLife = DEFAULT.damping().halfLife();

    @Option(
            names = "--flapping-from",
            paramLabel = "N",
            description = "a server is flapping from this penalty on (default: 2000)")
    private double flappingFrom = DEFAULT.damping().flappingFrom();

    @Option(names = "--flapping-until", paramLabel = "N", description = "and calm again below this one (default: 750)")
    private double calmBelow = DEFAULT.damping().calmBelow();

    @Option(
            names = "--flap-ceiling",
            paramLabel = "N",
            description = "the penalty never grows beyond it (default: 12000)")
    private double ceiling = DEFAULT.damping().ceiling();

    public Rules rules() {
        if (corrections < 1 || corrections > 365) {
            throw new Failure("--corrections must be from 1 to 365, in days");
        }
        if (goneAfter <= corrections) {
            throw new Failure("--gone-after must be more than --corrections: " + corrections + " days");
        }
        if (startup.isZero()) {
            throw new Failure("--startup must be more than 0, in seconds");
        }
        boolean orderly = perDown > 0 && calmBelow > 0 && calmBelow < flappingFrom && flappingFrom <= ceiling;
        if (!orderly || halfLife.isZero()) {
            throw new Failure("damping needs 0 < --flapping-until < --flapping-from <= --flap-ceiling, and a"
                    + " --flap-penalty and a --flap-half-life above 0");
        }
        return new Rules(
                startup,
                Duration.ofDays(corrections),
                Duration.ofDays(goneAfter),
                new Damping(perDown, halfLife, flappingFrom, calmBelow, ceiling));
    }
}
