-- Which records of the topics can this warehouse read no more?
create or replace view gaps as
select accepted_at, since_at, topic, partition, from_offset, to_offset, to_offset - from_offset as records, reason,
    cluster_id, cluster_before
from store.gaps;

comment on view gaps is 'Records of topics that were never read into this warehouse and can be read no more, each with the start of --accept-gap from which it went on without them. What they say is missing in all other views.';
comment on column gaps.accepted_at is 'When it was decided to go on without them.';
comment on column gaps.since_at is 'When the newest line that had been read by then was received: what is missing came after it. Null: none had been read.';
comment on column gaps.topic is 'The topic.';
comment on column gaps.partition is 'Its partition.';
comment on column gaps.from_offset is 'The offset of the first that is missing.';
comment on column gaps.to_offset is 'The offset behind the last one. Null: not known.';
comment on column gaps.records is 'How many at most: marks of transactions have offsets too. Null: not known.';
comment on column gaps.reason is 'expired: older than the topic keeps them. set_back: Kafka has lost what had been read, and was read again from its beginning. other_topic: the topic was deleted and made again. other_cluster: another Kafka.';
comment on column gaps.cluster_id is 'The id of the Kafka that was read from then on.';
comment on column gaps.cluster_before is 'The id of another one that was read before; null: none.';
