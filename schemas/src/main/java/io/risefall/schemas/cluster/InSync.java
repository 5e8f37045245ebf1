package io.risefall.schemas.cluster;

import io.risefall.schemas.Topics;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with how many copies must have a record before it is acknowledged. Pure. */
public final class InSync {
    private InSync() {}

    /**
     * @param copies of each partition
     * @param insync {@code min.insync.replicas}
     */
    public static List<String> findings(int copies, int insync) {
        List<String> findings = new ArrayList<>();
        if (copies > 1 && insync >= copies) {
            findings.add("min.insync.replicas is " + insync + " of " + copies
                    + ": while one broker is away nothing can be written");
        }
        if (copies >= Topics.SAFE_COPIES && insync < 2) {
            findings.add("min.insync.replicas is " + insync
                    + ", and should be 2: what is acknowledged by one broker only is lost with it");
        }
        return findings;
    }
}
