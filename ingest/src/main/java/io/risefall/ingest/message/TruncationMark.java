package io.risefall.ingest.message;

import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mark that a tool leaves where it cut a sentence: {@code …} or {@code ...}, at the end or, as {@code systemctl
 * status} and {@code journalctl} do in a narrow terminal, before the sentence's last words; {@code >} of a pager. The
 * text before it is read as far as it is certain; the text after it is not.
 */
final class TruncationMark {
    /** {@code …} in UTF-8, and in Windows' charset, each byte a character. */
    private static final List<String> MARKS = List.of("\u00e2\u0080\u00a6", "\u0085", "...");

    private static final String PAGER = ">";

    /** With numbers of any length. */
    private static final int LONGEST_END = 160;

    /** How sentences that can be cut end, numbers replaced. */
    private static final List<String> ENDS = List.of(
            "0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
            "0 active and 0 backup servers left. Running on backup. 0 sessions active, 0 requeued, 0 remaining in queue.",
            "0 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.",
            "0 active and 0 backup servers online. Running on backup. 0 sessions requeued, 0 total in queue.",
            "check duration: 0ms, status: 0/0 UP.",
            "check duration: 0ms, status: 0/0 DOWN.",
            "check duration: 0ms, status: 0/0 DRAIN.",
            "has no server available!");

    private TruncationMark() {}

    /** The position of a mark that cuts {@code text}; -1 if there is none. */
    static int in(String text) {
        for (String mark : MARKS) {
            int at = text.lastIndexOf(mark);
            if (at > 0 && isEnd(text.substring(at + mark.length()))) {
                return at;
            }
        }
        return text.length() > 1 && text.endsWith(PAGER) ? text.length() - 1 : -1;
    }

    private static boolean isEnd(String rest) {
        if (rest.length() > LONGEST_END) {
            return false;
        }
        String numbered = rest.replaceAll("[0-9]+", "0");
        return rest.isEmpty() || ENDS.stream().anyMatch(end -> end.endsWith(numbered));
    }

    /** {@code read}, the sentence before the mark, with the mark and what follows; null if it was not cut there. */
    static @Nullable HealthMessage with(HealthMessage read, String mark) {
        if (read instanceof ServerSwitch line && line.cut()) {
            return new ServerSwitch(
                    line.server(),
                    line.backup(),
                    line.transition(),
                    line.up(),
                    line.drain(),
                    line.changedFrom(),
                    line.why(),
                    line.reason(),
                    line.via(),
                    line.fqdn(),
                    line.counts(),
                    true,
                    joined(line.tail(), mark),
                    line.form());
        }
        if (read instanceof CheckResult line && line.cut()) {
            return new CheckResult(
                    line.server(),
                    line.backup(),
                    line.agent(),
                    line.outcome(),
                    line.reason(),
                    line.health(),
                    line.threshold(),
                    line.state(),
                    true,
                    joined(line.tail(), mark));
        }
        return read instanceof BackendEmpty line
                        && line.form() != null
                        && !line.form().equals(BackendEmpty.QUOTED)
                ? new BackendEmpty(line.proxy(), line.proxyKind(), line.form() + mark)
                : null;
    }

    private static String joined(@Nullable String tail, String mark) {
        return tail == null ? mark : tail + mark;
    }
}
