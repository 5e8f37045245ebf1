package io.risefall.query.health;

import io.risefall.query.text.Printable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whether the threads work that have no other probe: one that an error has ended works no more. */
final class WorkersProbe implements HealthProbe {
    private final List<CompletableFuture<Void>> watched = new CopyOnWriteArrayList<>();

    /** @param ended completes exceptionally, with a message for people */
    void watch(CompletableFuture<Void> ended) {
        watched.add(ended);
    }

    @Override
    public String name() {
        return "workers";
    }

    @Override
    public ProbeResult look(Instant now) {
        for (CompletableFuture<Void> ended : watched) {
            Optional<Throwable> why = ended.handle((nothing, failure) -> Optional.ofNullable(failure))
                    .getNow(Optional.empty());
            if (why.isPresent()) {
                return ProbeResult.failing(
                        Printable.of(String.valueOf(why.get().getMessage())),
                        "restart this process, as after an upgrade of its files; if it comes again, the log says where from."
                                + " No line is lost");
            }
        }
        return ProbeResult.ok("all threads work");
    }
}
