package io.risefall.query.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The checks of one server, played again with other values. For one thread, used once. */
final class CheckReplay {
    /** HAProxy's defaults, where no line of the server has its values. */
    private static final int USUAL_FALL = 3;

    private static final int USUAL_RISE = 2;

    private static final String MISSING = "check lines are missing";
    private static final String OBSERVED = "traffic decided it (observe), and not only checks";

    private final ServerLog log;
    private final @Nullable Duration inter;
    private final int fall;
    private final int rise;

    private final List<Episode> episodes = new ArrayList<>();
    private List<World> worlds = List.of();
    private @Nullable Episode episode;
    private @Nullable Episode last;
    private Spacing run;

    /** @param inter the longest interval between checks as the operator knows it; null: as lines show it */
    CheckReplay(ServerLog log, Setting setting, @Nullable Duration inter) {
        this.log = log;
        this.inter = inter;
        fall = setting.fall(threshold(line -> !line.down(), USUAL_FALL));
        rise = setting.rise(threshold(LoggedCheck::down, USUAL_RISE));
        run = Spacing.of(List.of(), inter);
    }

    private int threshold(Predicate<LoggedCheck> kind, int usual) {
        return log.lines().stream()
                .filter(kind)
                .map(LoggedCheck::threshold)
                .reduce((one, later) -> later)
                .orElse(usual);
    }

    /** What would have become of each outage, and which there would have been in addition; in order of time. */
    List<Prediction> predictions() {
        List<Segment> segments = Segments.of(log.lines(), log.breaks(), log.until());
        for (Segment segment : segments) {
            play(segment);
        }
        List<Prediction> predictions = new ArrayList<>();
        Set<LoggedOutage> told = new HashSet<>();
        for (Episode one : episodes) {
            LoggedCheck down = one.down();
            LoggedOutage outage = down == null ? null : outage(down, told);
            boolean judged =
                    outage != null || (down == null && !one.first().at().isBefore(log.from()) && !one.isNothing());
            if (judged) {
                predictions.add(one.prediction(log, outage, fall));
            }
            if (outage != null) {
                told.add(outage);
            }
        }
        log.outages().stream()
                .filter(outage -> !told.contains(outage))
                .map(this::withoutLines)
                .forEach(predictions::add);
        return predictions;
    }

    private @Nullable LoggedOutage outage(LoggedCheck down, Set<LoggedOutage> told) {
        return log.outages().stream()
                .filter(one -> one.beginsWith(down) && !told.contains(one))
                .findFirst()
                .orElse(null);
    }

    private void play(Segment segment) {
        Spacing process = Spacing.of(segment.lines(), inter);
        run = process;
        last = null;
        LoggedCheck before = null;
        for (LoggedCheck line : segment.lines()) {
            if (before == null) {
                worlds = List.of(start(segment, line));
            } else if (!line.follows(before)) {
                lose(MISSING);
            } else if (isMoreOfTheSame(before, line)) {
                continue;
            } else if (before.isFull() || before.isEmpty()) {
                stretch(Stretch.of(before, line.at(), line, true, process), process);
            } else {
                run = run.withRun(Duration.between(before.at(), line.at()));
            }
            check(line, process);
            before = line;
        }
        if (before != null && (before.isFull() || before.isEmpty())) {
            stretch(Stretch.of(before, segment.end(), null, segment.endIsKnown(), process), process);
        }
        if (episode != null) {
            episode.end(worlds, null);
            episode = null;
        }
    }

    /** Another line in the same silence: a check that passes or fails for another reason. */
    private static boolean isMoreOfTheSame(LoggedCheck before, LoggedCheck line) {
        return (before.isFull() && line.isFull()) || (before.isEmpty() && line.isEmpty());
    }

    private World start(Segment segment, LoggedCheck line) {
        if (segment.begin() == Segment.Begin.UNKNOWN) {
            return World.unknown();
        }
        boolean fresh = segment.begin() == Segment.Begin.MAINTENANCE || line.first();
        if (line.passed()) {
            return line.isFull() && fresh ? World.up(1) : World.unknown();
        }
        if (!line.down()) {
            return line.health() == line.threshold() - 1 ? World.up(fall) : World.unknown();
        }
        // The first check of a new process is enough; so it is with fall 1, where no line shows that the process is
        // new.
        boolean one = segment.lines().stream().anyMatch(other -> !other.down() && other.threshold() == 1);
        return line.isEmpty() && fresh && !one ? World.up(1) : World.unknown();
    }

    private void check(LoggedCheck line, Spacing process) {
        if (!line.passed() && episode == null) {
            episode = new Episode(line);
            episodes.add(episode);
            last = null;
            run = process.withoutRuns();
            worlds = merged(worlds.stream().map(World::begin).toList());
        }
        if (line.isOfTraffic()) {
            lose(OBSERVED);
        }
        TimeRange when = TimeRange.at(line.at());
        worlds = merged(worlds.stream()
                .map(world -> line.passed() ? world.pass(fall, rise, when) : world.fail(fall, when))
                .toList());
        if (episode != null) {
            episode.sees(line);
            if (line.isFull()) {
                episode.end(worlds, line);
                last = episode;
                episode = null;
            }
        }
    }

    private void stretch(Stretch stretch, Spacing process) {
        Episode now = episode;
        worlds = merged(stretch.apply(worlds, fall, rise, run.orRunsOf(process), why -> {
            if (now != null) {
                now.doubt(why);
            }
        }));
        if (last != null) {
            last.up(worlds);
        }
    }

    /** From here on nothing is known, until enough checks in a row have one result. */
    private void lose(String why) {
        if (episode != null) {
            episode.doubt(why);
        }
        worlds = List.of(World.unknown());
    }

    private static List<World> merged(List<World> all) {
        List<World> merged = new ArrayList<>();
        for (World world : all) {
            int like = -1;
            for (int i = 0; i < merged.size(); i++) {
                like = merged.get(i).isLike(world) ? i : like;
            }
            if (like < 0) {
                merged.add(world);
            } else {
                merged.set(like, merged.get(like).or(world));
            }
        }
        return merged;
    }

    /** An outage that no check line of this server begins. */
    private Prediction withoutLines(LoggedOutage outage) {
        boolean otherwise = outage.agent() || outage.isForced();
        String why = outage.agent()
                ? "the agent decided it, and not checks"
                : outage.isForced()
                        ? "an operator set it"
                        : outage.via() != null
                                ? "it follows " + outage.via()
                                : log.lines().isEmpty() ? "no check lines (option log-health-checks)" : MISSING;
        Long same = otherwise ? 0L : null;
        return new Prediction(
                outage.id(),
                log.node(),
                log.proxy(),
                log.server(),
                outage.startedAt(),
                outage.endedAt(),
                otherwise ? Fate.KEPT : Fate.UNKNOWN,
                same,
                same,
                otherwise && outage.endedAt() != null ? same : null,
                otherwise && outage.endedAt() != null ? same : null,
                why,
                List.of());
    }
}
