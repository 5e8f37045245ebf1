-- Who could not send, or had to wait, though nothing that had come was lost?
create or replace view interruptions as
select source, reason, times from store.position_interruptions;

comment on view interruptions is 'Connections that a source refused, closed or lost, and times it made senders wait, by reason: nothing that had come is lost by them.';
comment on column interruptions.source is 'The source.';
comment on column interruptions.reason is 'What, and why.';
comment on column interruptions.times is 'How often.';
