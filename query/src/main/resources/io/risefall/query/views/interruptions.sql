-- Who could not send, or had to wait, though nothing that had come was lost?
create or replace view interruptions as
select source, reason, times from store.position_interruptions;

comment on view interruptions is 'Connections that a source refused, closed or lost, and times in which senders had to wait, by reason. Nothing that had arrived is lost by them.';
comment on column interruptions.source is 'The source.';
comment on column interruptions.reason is 'What happened, and why.';
comment on column interruptions.times is 'How often.';
