package io.risefall.streams.processor;

import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Counts the work of a task beyond one step for each line: what it replays, and what it sends. Among Kafka Streams' metrics, in
 * the group {@link #GROUP}, by task. Called by one stream thread.
 */
public final class WorkMetrics {
    public static final String GROUP = "risefall-work-metrics";
    /** Entities that were replayed. */
    public static final String ENTITIES = "replayed-entities-total";
    /** Lines that were applied again, and those that were applied for the first time by a replay. */
    public static final String LINES = "replayed-lines-total";
    /** Process timelines of nodes that were built again from all facts. */
    public static final String TIMELINES = "rebuilt-timelines-total";
    /** Records on the output topics, deletions too. */
    public static final String SENT = "sent-records-total";

    private final Sensor entities;
    private final Sensor lines;
    private final Sensor timelines;
    private final Sensor sent;

    WorkMetrics(ProcessorContext<?, ?> context) {
        String task = context.taskId().toString();
        entities = sensor(context, task, ENTITIES, "The number of servers and backends that were replayed");
        lines = sensor(context, task, LINES, "The number of lines in all replays");
        timelines = sensor(context, task, TIMELINES, "The number of process timelines that were built again");
        sent = sensor(context, task, SENT, "The number of records that were sent to the output topics");
    }

    private static Sensor sensor(ProcessorContext<?, ?> context, String task, String name, String description) {
        Sensor sensor = context.metrics().addSensor(task + "." + name, RecordingLevel.INFO);
        sensor.add(new MetricName(name, GROUP, description, Map.of("task-id", task)), new CumulativeSum());
        return sensor;
    }

    /** An entity was replayed, with so many lines. */
    void replayed(int lineCount) {
        entities.record(1);
        lines.record(lineCount);
    }

    /** The process timeline of a node was built again. */
    void timelineRebuilt() {
        timelines.record(1);
    }

    /** A record was sent to an output topic. */
    void sent() {
        sent.record(1);
    }
}
