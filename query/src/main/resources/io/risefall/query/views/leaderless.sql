-- When had a role backend no leader?
create or replace macro leaderless_in(patterns) as table
with leadership as materialized (
    select * from store.leadership_in(patterns)
)
select s.node, s.proxy, s.from_at, s.to_at, s.duration_ms
from leadership s
    semi join store.role_backends_of('leadership') r on r.node = s.node and r.proxy = s.proxy
where s.kind = 'leaderless';

create or replace view leaderless as select * from leaderless_in(store.role_patterns());

comment on macro table leaderless_in is 'The view leaderless with other role patterns; see role_backends_in.';
comment on view leaderless is 'Times in which no server of a role backend was up.';
comment on column leaderless.node is 'The HAProxy host.';
comment on column leaderless.proxy is 'The backend.';
comment on column leaderless.from_at is 'When the leader went down.';
comment on column leaderless.to_at is 'When the next leader came up; null while there is none.';
comment on column leaderless.duration_ms is 'Its length; without a next leader, its length so far, up to the end of the log.';
