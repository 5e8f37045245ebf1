-- What came to a listener and was not taken, and why?
create or replace view drops as
select source, reason, dropped from store.position_drops;

comment on view drops is 'What came to each source and was not taken, or not whole, by reason.';
comment on column drops.source is 'The source.';
comment on column drops.reason is 'Why, and what.';
comment on column drops.dropped is 'How often.';
