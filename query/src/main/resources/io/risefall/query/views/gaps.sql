-- Which records of the topics can this warehouse read no more?
create or replace view gaps as
select accepted_at, since_at, topic, partition, from_offset, to_offset, to_offset - from_offset as records, reason,
    cluster_id, cluster_before
from store.gaps;

comment on view gaps is 'Kafka records that this warehouse has never read and can no longer read, one row for each start with --accept-gap. Their content is missing in all other views.';
comment on column gaps.accepted_at is 'When --accept-gap skipped them.';
comment on column gaps.since_at is 'When the newest record read before the gap was received: the missing ones are newer. Null if none had been read.';
comment on column gaps.topic is 'The topic.';
comment on column gaps.partition is 'The partition.';
comment on column gaps.from_offset is 'Offset of the first missing record.';
comment on column gaps.to_offset is 'Offset after the last missing record; null if unknown.';
comment on column gaps.records is 'Missing records at most, because transaction markers use offsets too; null if unknown.';
comment on column gaps.reason is 'expired: older than the retention of the topic. set_back: Kafka lost records that had been read, and the topic was read again from its beginning. other_topic: the topic was deleted and created again. other_cluster: another Kafka cluster.';
comment on column gaps.cluster_id is 'Id of the Kafka cluster that was read afterwards.';
comment on column gaps.cluster_before is 'Id of the cluster that was read before, if it was another one; else null.';
