package io.risefall.query.reading;

import io.risefall.query.reading.StoredReading.Origin;
import io.risefall.query.sql.PreparedStatements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the topics have been read and which they were, as the warehouse keeps it. Called by the thread that writes, in its
 * transaction.
 */
public final class StoredPositions {
    private final Connection connection;
    private final PreparedStatements statements;

    public StoredPositions(Connection connection, PreparedStatements statements) {
        this.connection = connection;
        this.statements = statements;
    }

    public StoredReading read() throws SQLException {
        Map<String, Origin> origins = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select topic, cluster_id, topic_id from store.origins")) {
            while (rows.next()) {
                origins.put(rows.getString(1), new Origin(rows.getString(2), rows.getString(3)));
            }
        }
        return new StoredReading(origins, next());
    }

    /** The next offset to read of each partition. */
    public Map<TopicPartition, Long> next() throws SQLException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select topic, partition, next_offset from store.offsets")) {
            while (rows.next()) {
                offsets.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        return offsets;
    }

    public void write(Map<TopicPartition, Long> next) throws SQLException {
        for (Map.Entry<TopicPartition, Long> entry : next.entrySet()) {
            String topic = entry.getKey().topic();
            int partition = entry.getKey().partition();
            statements.run("delete from store.offsets where topic = ? and partition = ?", topic, partition);
            statements.run("insert into store.offsets values (?, ?, ?)", topic, partition, entry.getValue());
        }
    }

    /** From now on this is what is read, and what was missed is kept. */
    public void begin(ReadingPlan plan) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement("delete from store.offsets where topic = ?");
                PreparedStatement delete = connection.prepareStatement("delete from store.origins where topic = ?");
                PreparedStatement insert = connection.prepareStatement("insert into store.origins values (?, ?, ?)")) {
            for (Map.Entry<String, Origin> origin : plan.origins().entrySet()) {
                forget.setString(1, origin.getKey());
                forget.execute();
                delete.setString(1, origin.getKey());
                delete.execute();
                insert.setString(1, origin.getKey());
                insert.setString(2, origin.getValue().cluster());
                insert.setString(3, origin.getValue().topic());
                insert.execute();
            }
        }
        write(plan.from());
        try (PreparedStatement insert = connection.prepareStatement("insert into store.gaps select now(),"
                + " (select max(received_at) from store.events), ?, ?, ?, ?, ?, ?, ?, ?")) {
            for (Gap gap : plan.gaps()) {
                insert.setString(1, gap.partition().topic());
                insert.setInt(2, gap.partition().partition());
                insert.setLong(3, gap.from());
                if (gap.to() == null) {
                    insert.setNull(4, Types.BIGINT);
                } else {
                    insert.setLong(4, gap.to());
                }
                insert.setString(5, gap.reason().name().toLowerCase(Locale.ROOT));
                insert.setLong(6, gap.resume());
                insert.setString(7, plan.found().id());
                insert.setString(8, plan.before());
                insert.execute();
            }
        }
    }
}
