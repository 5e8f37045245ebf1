-- When did another server of a role backend take over?
create or replace macro failovers_in(patterns) as table
with leadership as materialized (
    select * from store.leadership_in(patterns)
)
select c.node, c.proxy, c."at", c.from_server, c.to_server, c.leaderless_ms
from store.leader_changes_of('leadership') c
    semi join store.role_backends_of('leadership') r on r.node = c.node and r.proxy = c.proxy;

create or replace view failovers as select * from failovers_in(store.role_patterns());

comment on macro table failovers_in is 'The view failovers with other role patterns; see role_backends_in.';
comment on view failovers is 'Changes of the leader in role backends.';
comment on column failovers.node is 'The HAProxy host.';
comment on column failovers.proxy is 'The backend.';
comment on column failovers."at" is 'When HAProxy marked the new leader UP.';
comment on column failovers.from_server is 'The previous leader.';
comment on column failovers.to_server is 'The new leader.';
comment on column failovers.leaderless_ms is 'How long no server was up in between; 0 if both were up for a moment.';
