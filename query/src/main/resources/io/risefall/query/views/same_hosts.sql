-- Which nodes are one host under two names?
create or replace view same_hosts as select node, host, folded, copies from store.same_hosts;

comment on view same_hosts is 'Names that seem to belong to a host with another name: both log the same lines of the same process at the same time.';
comment on column same_hosts.node is 'The other name.';
comment on column same_hosts.host is 'The host.';
comment on column same_hosts.folded is 'True if it is proven: lines of the other name then count only in the views of lines. Else both names count, except in the number of nodes that saw something.';
comment on column same_hosts.copies is 'Switch lines of the other name that the host has too.';

create or replace view store.folded_nodes as select node, host from store.same_hosts where folded;

-- What hosts log under their own names only.
create or replace view store.own_states as
select * from store.states where node not in (select node from store.folded_nodes);
create or replace view store.own_outages as
select * from store.outages where node not in (select node from store.folded_nodes);
create or replace view store.own_backend_outages as
select * from store.backend_outages where node not in (select node from store.folded_nodes);
create or replace view store.own_flapping as
select * from store.flapping where node not in (select node from store.folded_nodes);
create or replace view store.own_rollups as
select * from store.rollups where node not in (select node from store.folded_nodes);
create or replace view store.own_losses as
select * from store.losses where node not in (select node from store.folded_nodes);
