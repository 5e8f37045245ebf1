-- What came to a listener and was not taken, and why?
create or replace view drops as
select source, reason, dropped from store.position_drops;

comment on view drops is 'Messages that a source did not accept, or only in part, by reason.';
comment on column drops.source is 'The source.';
comment on column drops.reason is 'What was dropped, and why.';
comment on column drops.dropped is 'How often.';
