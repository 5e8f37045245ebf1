-- When did a server's state stand only because nobody listened?
create or replace view doubts as
select node, proxy, server, from_at, to_at, away_until from store.doubts;

comment on view doubts is 'Times in which a server''s state stood only because Risefall was away (view absences) and no line had told since: there is no proof that it was so. Bounds of availability allow for the contrary.';
comment on column doubts.node is 'The HAProxy host.';
comment on column doubts.proxy is 'The backend.';
comment on column doubts.server is 'The server.';
comment on column doubts.from_at is 'When Risefall went away.';
comment on column doubts.to_at is 'Until when it is doubtful; null while no line has told.';
comment on column doubts.away_until is 'When Risefall was back: a server that was up or draining is unknown until then.';
