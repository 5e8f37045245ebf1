-- When did a server's state stand only because nobody listened?
create or replace view doubts as
select node, proxy, server, from_at, to_at, away_until from store.doubts;

comment on view doubts is 'Times in which the state of a server is only assumed: Risefall was away (see absences) and no line since then has confirmed it. The bounds of availability cover both cases.';
comment on column doubts.node is 'The HAProxy host.';
comment on column doubts.proxy is 'The backend.';
comment on column doubts.server is 'The server.';
comment on column doubts.from_at is 'When Risefall went away.';
comment on column doubts.to_at is 'When a line confirmed or corrected the state; null until then.';
comment on column doubts.away_until is 'When Risefall was back. A server that was up or draining is unknown until then.';
