package io.risefall.query.whatif;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Servers that track another one go down with it: what becomes of its outage becomes of theirs. */
final class Followers {
    private static final int LONGEST_CHAIN = 16;

    private final List<Prediction> predictions;
    private final Map<String, String> tracked = new HashMap<>();

    Followers(List<Prediction> predictions, List<LoggedOutage> outages) {
        this.predictions = predictions;
        outages.forEach(outage -> {
            if (outage.via() != null) {
                tracked.put(outage.id(), outage.via());
            }
        });
    }

    List<Prediction> resolved() {
        return predictions.stream().map(one -> resolved(one, LONGEST_CHAIN)).toList();
    }

    private Prediction resolved(Prediction one, int more) {
        String via = tracked.get(String.valueOf(one.outageId()));
        if (via == null || more == 0) {
            return one;
        }
        return predictions.stream()
                .filter(other -> other.happened()
                        && other.node().equals(one.node())
                        && other.name().equals(via)
                        && LoggedOutage.isTogether(other.startedAt(), one.startedAt()))
                .findFirst()
                .map(cause -> one.as(resolved(cause, more - 1)))
                .orElse(one);
    }
}
