package io.risefall.query.warehouse.derived;

import io.risefall.query.reading.StreamsBacklog;
import io.risefall.schemas.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/** Which nodes the streams part is behind with: those of whose partition it has not processed everything. One thread. */
public final class NodeBacklog {
    private final Connection connection;

    public NodeBacklog(Connection connection) {
        this.connection = connection;
    }

    /** Within a transaction of the caller's. */
    public void write(Map<TopicPartition, StreamsBacklog> lag) throws SQLException {
        int partitions =
                lag.keySet().stream().mapToInt(one -> one.partition() + 1).max().orElse(0);
        try (Statement statement = connection.createStatement();
                PreparedStatement insert =
                        connection.prepareStatement("insert into store.nodes_behind values (?, ?, ?)")) {
            statement.execute("delete from store.nodes_behind");
            for (String node : partitions == 0 ? List.<String>of() : nodes(statement)) {
                int partition = Topics.partition(node, partitions);
                List<StreamsBacklog> behind = lag.entrySet().stream()
                        .filter(one -> one.getKey().partition() == partition)
                        .map(Map.Entry::getValue)
                        .filter(one -> one.records() > 0)
                        .toList();
                if (!behind.isEmpty()) {
                    insert.setString(1, node);
                    insert.setLong(
                            2,
                            behind.stream().mapToLong(StreamsBacklog::records).sum());
                    Instant since = behind.stream()
                            .map(StreamsBacklog::since)
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
                    insert.setObject(3, since.atOffset(ZoneOffset.UTC));
                    insert.execute();
                }
            }
        }
    }

    private static List<String> nodes(Statement statement) throws SQLException {
        List<String> nodes = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select distinct node from store.position_nodes")) {
            while (rows.next()) {
                nodes.add(rows.getString(1));
            }
        }
        return nodes;
    }
}
