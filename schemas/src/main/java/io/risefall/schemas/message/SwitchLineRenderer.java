package io.risefall.schemas.message;

import org.jspecify.annotations.Nullable;

/** Prints a switch line as HAProxy did; see {@link HealthLineRenderer}. */
final class SwitchLineRenderer {
    private SwitchLineRenderer() {}

    static String render(ServerSwitch line) {
        StringBuilder text = new StringBuilder(line.backup() ? "Backup Server " : "Server ")
                .append(line.server())
                .append(wording(line));
        if (line.changedFrom() != null) {
            text.append(", changed from ").append(line.changedFrom());
        }
        HealthLineRenderer.reason(text, line.reason());
        if (line.why() != null) {
            text.append(" (").append(line.why()).append(')');
        }
        if (line.via() != null) {
            text.append(" via ").append(line.via());
        }
        counts(text, line.counts());
        return HealthLineRenderer.end(text, line.cut(), line.tail());
    }

    private static String wording(ServerSwitch line) {
        return switch (line.transition()) {
            case DOWN -> " is DOWN";
            case UP -> " is UP";
            case STOPPING -> " is stopping";
            case MAINTENANCE_FROM_DOWN -> " was DOWN and now enters maintenance";
            case MAINTENANCE -> line.form() == null ? " is going DOWN for maintenance" : " is DOWN for maintenance";
            case LEAVES_FORCED_MAINTENANCE ->
                state(line) + (line.drain() == null ? " (leaving maintenance)" : " (leaving forced maintenance)");
            case LEAVES_MAINTENANCE -> state(line) + " (leaving maintenance)";
            case RESOLVES_AGAIN -> " ('" + line.fqdn() + "')" + state(line) + " (resolves again)";
            case RESOLVES_REMAINS_MAINTENANCE -> " ('" + line.fqdn() + "') resolves again but remains in maintenance";
            case LEAVES_FORCED_REMAINS_MAINTENANCE -> " is leaving forced maintenance but remains in maintenance";
            case REMAINS_FORCED_MAINTENANCE -> " remains in forced maintenance";
            case DRAIN -> " enters drain state";
            case LEAVES_FORCED_DRAIN -> state(line) + " (leaving forced drain)";
            case LEAVES_DRAIN -> state(line) + " (leaving drain)";
            case REMAINS_DRAIN -> " remains in drain mode";
            case REMAINS_FORCED_DRAIN -> " remains in forced drain mode";
            case LEAVES_FORCED_REMAINS_DRAIN -> " is leaving forced drain but remains in drain mode";
        };
    }

    private static String state(ServerSwitch line) {
        String state = Boolean.TRUE.equals(line.up()) ? " is UP" : " is DOWN";
        if (line.drain() == null) {
            return state;
        }
        return state + (line.drain() ? "/DRAIN" : "/READY");
    }

    /** Counts that were cut end where the tail begins. */
    private static void counts(StringBuilder text, @Nullable ServerCounts counts) {
        if (counts == null) {
            return;
        }
        text.append(". ").append(counts.active()).append(" active and ").append(counts.backup());
        text.append(" backup servers");
        if (counts.queued() == null) {
            return;
        }
        boolean left = counts.sessionsActive() != null;
        text.append(left ? " left." : " online.").append(counts.runningOnBackup() ? " Running on backup." : "");
        if (left) {
            text.append(' ').append(counts.sessionsActive()).append(" sessions active,");
        }
        text.append(' ').append(counts.requeued()).append(left ? " requeued, " : " sessions requeued, ");
        text.append(counts.queued()).append(left ? " remaining in queue" : " total in queue");
    }
}
