-- Who sends to each listener?
create or replace view senders as
select source, sender, messages, bytes, last_at from store.position_senders;

comment on view senders is 'Who sends to each source over the network.';
comment on column senders.source is 'The source.';
comment on column senders.sender is 'Address of the sender. others: all except the two hundred most recent senders, which have rows of their own.';
comment on column senders.messages is 'Messages accepted from it.';
comment on column senders.bytes is 'Bytes of these messages.';
comment on column senders.last_at is 'When its latest message was received.';
