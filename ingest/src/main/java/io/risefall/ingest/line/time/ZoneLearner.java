package io.risefall.ingest.line.time;

import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.header.Envelope;
import io.risefall.ingest.line.header.EnvelopeParser;
import io.risefall.ingest.line.header.NodeNames;
import io.risefall.ingest.line.header.Tags;

/**
 * Finds the zone of a file's nodes from timestamps that name it, so that the lines before the first of these are read
 * in that zone too.
 */
public final class ZoneLearner {
    private final LineContext context;
    private final NodeTimes times = new NodeTimes();
    private final EnvelopeParser envelopes = new EnvelopeParser();
    private final Envelope envelope = new Envelope();
    private final Tags tags;
    private final NodeNames nodes;

    private ZoneLearner(LineContext context) {
        this.context = context;
        this.tags = new Tags(context.defaults().tags());
        this.nodes = new NodeNames(context.defaults().node());
    }

    /**
     * What to begin with at a file's start.
     *
     * @param head the beginning of the file; a last line that is not whole is left out
     */
    public static NodeTimes learn(byte[] head, LineContext context) {
        return new ZoneLearner(context).learn(head);
    }

    private NodeTimes learn(byte[] head) {
        if (!context.defaults().zoneAssumed()) {
            return times;
        }
        int from = 0;
        for (int at = 0; at < head.length; at++) {
            if (head[at] == '\n') {
                line(head, from, at);
                from = at + 1;
            }
        }
        return times;
    }

    private void line(byte[] head, int from, int to) {
        envelopes.parse(head, from, LineSplitter.withoutLineEnd(head, from, to), envelope);
        boolean haproxy = envelope.known
                && (!envelope.hasTag() || tags.of(envelope.bytes, envelope.tagFrom, envelope.tagTo) != null);
        if (haproxy && envelope.hasOwnOffset()) {
            NodeTimes.Node node = times.of(nodes.of(envelope, null));
            if (!node.hasOffset()) {
                node.offset(envelope.offsetSeconds, TimestampResolver.isoMoment(envelope));
            }
        }
    }
}
