-- Who sends to each listener?
create or replace view senders as
select source, sender, messages, bytes, last_at from store.position_senders;

comment on view senders is 'Who sends to each source over the network.';
comment on column senders.source is 'The source.';
comment on column senders.sender is 'Its address; others: all but the two hundred that spoke last, which are counted one by one.';
comment on column senders.messages is 'Messages taken from it.';
comment on column senders.bytes is 'Bytes of them.';
comment on column senders.last_at is 'When the latest was received.';
